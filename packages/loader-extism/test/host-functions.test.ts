import { watName } from "@uni/fixtures";
import { UniError } from "@uni/plugin";
import type { HostFunctionClosure, HostFunctionContext, LoadOptions } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { ExtismError, ExtismLoader } from "../src/index.ts";
import { columns } from "./doubles.ts";
import { env, loadWat, textBlock, user, type WatPlugin, watPlugin } from "./wat-plugin.ts";

const one = columns({ x: [1] });
const LENGTH = env("length", "(param i64) (result i64)");
const INPUT = `(data (i32.const 0) ${watName("https://api.example/v1")})`;
const ask = (name: string) => `(call $${name} ${textBlock(0, "https://api.example/v1")})`;
/** Calls the host function and returns 1 + the length of what it gave. */
const asking = (name: string, manifest: object = {}): WatPlugin => ({
  imports: user(name) + LENGTH,
  fields: INPUT,
  body: `(i32.add (i32.const 1) (i32.wrap_i64 (call $length ${ask(name)})))`,
  manifest,
});

const fetchUrl = (call: HostFunctionClosure["call"]): HostFunctionClosure => ({
  name: "fetch_url",
  requires: "network",
  docs: "In: a URL. Out: the body.",
  call,
});
const NETWORK = { capabilities: ["scalar-fn", "network"] };
const granted: LoadOptions = { grants: ["scalar-fn", "network"] };

async function fnCode(
  plugin: WatPlugin,
  options: LoadOptions,
  hostFunctions: HostFunctionClosure[],
) {
  const { scalar } = await loadWat(plugin, options, { hostFunctions });
  const error: unknown = await scalar.invoke(one).catch((e: unknown) => e);
  if (error instanceof UniError && "fnCode" in error) return error.fnCode;
  throw error;
}

async function refusal(
  plugin: WatPlugin,
  options: LoadOptions,
  hostFunctions: HostFunctionClosure[] = [fetchUrl(() => new Uint8Array(3))],
): Promise<ExtismError> {
  const bytes = await watPlugin(plugin);
  const error: unknown = await new ExtismLoader({ hostFunctions })
    .load(bytes, options)
    .catch((e: unknown) => e);
  if (error instanceof ExtismError) return error;
  throw new Error(`expected an ExtismError, got ${error}`);
}

describe("a host function", () => {
  it("gets what the plugin passed, and the plugin gets what it gave", async () => {
    const seen: string[] = [];
    const echo = fetchUrl((bytes) => {
      seen.push(new TextDecoder().decode(bytes));
      return new Uint8Array(41);
    });
    expect(await fnCode(asking("fetch_url", NETWORK), granted, [echo])).toBe(42);
    expect(seen).toEqual(["https://api.example/v1"]);
  });

  it("gets a copy, and gives one", async () => {
    const kept = new Uint8Array(5);
    const careless = fetchUrl((bytes) => {
      bytes.fill(0);
      return kept;
    });
    expect(await fnCode(asking("fetch_url", NETWORK), granted, [careless])).toBe(6);
    kept.fill(1);
    expect(await fnCode(asking("fetch_url", NETWORK), granted, [careless])).toBe(6);
  });

  it("learns who calls it, and which arguments both sides allow", async () => {
    let context: HostFunctionContext | undefined;
    const curious = fetchUrl((_, who) => {
      context = who;
      return new Uint8Array(0);
    });
    const manifest = {
      capabilities: ["scalar-fn", { kind: "network", allow: ["https://api.example/**"] }],
    };
    const grants = ["scalar-fn", { kind: "network", allow: ["https://*/v1", "http://**"] }];
    await fnCode(asking("fetch_url", manifest), { grants }, [curious]);
    expect(context).toMatchObject({ pluginId: "ai.example.wat", pluginVersion: "1.0.0" });
    expect(context?.allows("https://api.example/v1")).toBe(true);
    expect(context?.allows("https://api.example/v2")).toBe(false);
    expect(context?.allows("https://other.example/v1")).toBe(false);
  });

  it("without a capability is there for every plugin", async () => {
    const open: HostFunctionClosure = {
      name: "now",
      docs: "Out: the time.",
      call: () => new Uint8Array(8),
    };
    expect(await fnCode(asking("now"), {}, [open])).toBe(9);
  });

  it("is refused before the plugin runs where one side does not allow it, naming the side", async () => {
    const undeclared = await refusal(asking("fetch_url"), granted);
    expect(undeclared.code).toBe("CAPABILITY_DENIED");
    expect(undeclared.message).toMatch(
      /fetch_url needs "network" \(its manifest does not declare it\)/,
    );
    const ungranted = await refusal(asking("fetch_url", NETWORK), {});
    expect(ungranted.message).toMatch(/fetch_url needs "network" \(the host does not grant it\)/);
    const neither = await refusal(asking("fetch_url"), {});
    expect(neither.message).toMatch(/declare it, and the host does not grant it/);
  });

  it("cannot be called while the manifest is read", async () => {
    let called = false;
    const phoning = { ...asking("fetch_url", NETWORK), inManifest: `(drop ${ask("fetch_url")})` };
    const spy = fetchUrl(() => {
      called = true;
      return new Uint8Array(0);
    });
    const error = await refusal(phoning, granted, [spy]);
    expect(error.code).toBe("CAPABILITY_DENIED");
    expect(error.message).toMatch(/manifest called the host function fetch_url/);
    expect(called).toBe(false);
  });

  it("cannot be called while the manifest is read, nor is the attempt hidden by catching it", async () => {
    const hiding = {
      ...asking("fetch_url", NETWORK),
      inManifest: `(drop (try (result i64) (do ${ask("fetch_url")}) (catch_all (i64.const 0))))`,
    };
    expect((await refusal(hiding, granted)).code).toBe("CAPABILITY_DENIED");
  });

  it("that throws ends the call with its error as the cause, and the guest cannot hide it", async () => {
    const cause = new Error("upstream is down");
    const failing = fetchUrl(() => {
      throw cause;
    });
    const hiding = {
      ...asking("fetch_url", NETWORK),
      body: `(drop (try (result i64) (do ${ask("fetch_url")}) (catch_all (i64.const 0)))) (i32.const 0)`,
    };
    for (const plugin of [asking("fetch_url", NETWORK), hiding]) {
      await expect(fnCode(plugin, granted, [failing])).rejects.toMatchObject({
        name: "ExtismError",
        code: "INTERNAL",
        message: "the host function fetch_url failed: upstream is down",
        cause,
      });
    }
  });

  it("that throws a UniError gives the caller that very error", async () => {
    const own = new UniError("QUOTA", "no requests left today");
    const failing = fetchUrl(() => {
      throw own;
    });
    await expect(fnCode(asking("fetch_url", NETWORK), granted, [failing])).rejects.toBe(own);
  });

  it("that returns no bytes at all is the embedder's mistake, and said so", async () => {
    const wrong = fetchUrl(() => "text" as unknown as Uint8Array);
    await expect(fnCode(asking("fetch_url", NETWORK), granted, [wrong])).rejects.toThrow(
      /fetch_url returned no Uint8Array/,
    );
  });

  it("is what makes a capability more than a word: without one it is denied, also where it is granted", async () => {
    const manifest = { capabilities: ["scalar-fn", "network", "secret", "kms"] };
    const grants = ["scalar-fn", "network", "secret"];
    const { plugin } = await loadWat({ body: "(i32.const 1)", manifest }, { grants });
    expect(plugin.denied).toEqual(["network", "secret", "kms"]);
    const { plugin: provided } = await loadWat(
      { body: "(i32.const 1)", manifest },
      { grants },
      { hostFunctions: [fetchUrl(() => new Uint8Array(0))] },
    );
    expect(provided.denied).toEqual(["secret", "kms"]);
    expect(provided.effective.has("network")).toBe(true);
  });

  for (const name of ["uni_secret", "a b", "", "constructor()"]) {
    it(`cannot be named ${JSON.stringify(name)}`, () => {
      const bad = { name, docs: "", call: () => new Uint8Array(0) };
      expect(() => new ExtismLoader({ hostFunctions: [bad] })).toThrow(/cannot be named/);
    });
  }

  it("cannot be there twice", () => {
    const twice = [fetchUrl(() => new Uint8Array(0)), fetchUrl(() => new Uint8Array(0))];
    expect(() => new ExtismLoader({ hostFunctions: twice })).toThrow(/two host functions/);
  });

  it("is not one that the host's objects have by nature", async () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const error = await refusal({ imports: user(name), body: "(i32.const 0)" }, {});
      expect(error.code).toBe("INSTANTIATE");
    }
  });
});
