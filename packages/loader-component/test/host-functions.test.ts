import { UniError } from "@uni/plugin";
import type { HostFunctionClosure, HostFunctionContext, LoadOptions } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { doubles, ONE } from "./batch-of.ts";
import { loadBuilt, loaderOf, refusal } from "./load.ts";
import { loadWat, textAt, type WatPlugin, watPlugin } from "./wat-plugin.ts";

const WIT = "acme:geo/lookup@1.0.0#city";
const NETWORK = { capabilities: ["scalar-fn", "network"] };
const GRANTED: LoadOptions = { grants: ["scalar-fn", "network"] };
const QUESTION = "https://api.example/v1";
const { field, passed } = textAt(1024, QUESTION);
/** Where the guest gets the answer's address and length. */
const ANSWER_AT = 2048;
const CALL = `(call $city ${passed} (i32.const ${ANSWER_AT}))`;

/** A guest that asks `acme:geo/lookup@VERSION#city`, and reports 1 + the length of the answer. */
function asking(changes: Partial<WatPlugin> = {}, version = "1.0.0"): WatPlugin {
  return {
    world: `import acme:geo/lookup@${version};`,
    packages: `package acme:geo@${version} {
      interface lookup { city: func(request: list<u8>) -> list<u8>; }
    }`,
    imports: `(import "acme:geo/lookup@${version}" "city" (func $city (param i32 i32 i32)))`,
    fields: field,
    body: `${CALL} (i32.add (i32.const 1) (i32.load (i32.const ${ANSWER_AT + 4})))`,
    manifest: NETWORK,
    ...changes,
  };
}

const city = (
  call: HostFunctionClosure["call"],
  changes: Partial<HostFunctionClosure> = {},
): HostFunctionClosure => ({
  name: "city",
  wit: WIT,
  requires: "network",
  docs: "In: a URL. Out: the body.",
  call,
  ...changes,
});
const three = city(() => new Uint8Array(3));

async function fnCode(hostFunction: HostFunctionClosure, plugin = asking(), options = GRANTED) {
  const { scalar } = await loadWat(plugin, options, { hostFunctions: [hostFunction] });
  const error: unknown = await scalar.invoke(ONE).catch((e: unknown) => e);
  if (error instanceof UniError && "fnCode" in error) return error.fnCode;
  throw error;
}

async function denial(
  options: LoadOptions,
  plugin: WatPlugin = asking(),
  hostFunctions: HostFunctionClosure[] = [three],
) {
  return refusal(await watPlugin(plugin), options, loaderOf({ hostFunctions }));
}

describe.concurrent("a host function", () => {
  it("gets what the component passed, and the component gets what it gave", async () => {
    const seen: string[] = [];
    const answering = city((bytes) => {
      seen.push(new TextDecoder().decode(bytes));
      return new Uint8Array(41);
    });
    expect(await fnCode(answering)).toBe(42);
    expect(await fnCode(city(() => new Uint8Array()))).toBe(1);
    expect(await fnCode(city(() => new Uint8Array(300_000)))).toBe(300_001);
    expect(seen).toEqual([QUESTION]);
  });

  it("may call another plugin while the guest waits for it", async () => {
    const geo = await loadBuilt("geo");
    const nested = city(() => {
      const km = geo.scalar("haversine").invokeSync(doubles([0], [0], [0], [90]));
      return new Uint8Array(Math.round(km.get(0) ?? 0));
    });
    expect(await fnCode(nested)).toBe(10_009);
    expect(geo.plugin.pool.metrics).toMatchObject({ misses: 1, live: 0 });
  });

  it("gets a copy, and gives one", async () => {
    const kept = new Uint8Array(5).fill(7);
    const careless = city((bytes) => {
      bytes.fill(0);
      return kept;
    });
    // Reports the first byte of the question where that is still there, and changes the answer.
    const body = `${CALL} (i32.store8 (i32.load (i32.const ${ANSWER_AT})) (i32.const 9))
      (i32.load8_u (i32.const 1024))`;
    expect(await fnCode(careless, asking({ body }))).toBe(QUESTION.charCodeAt(0));
    expect([...kept]).toEqual([7, 7, 7, 7, 7]);
  });

  it("learns who calls it, and which arguments both sides allow", async () => {
    let context: HostFunctionContext | undefined;
    const curious = city((_, who) => {
      context = who;
      return new Uint8Array();
    });
    const manifest = {
      capabilities: ["scalar-fn", { kind: "network", allow: ["https://api.example/**"] }],
    };
    const grants = ["scalar-fn", { kind: "network", allow: ["https://*/v1"] }];
    await fnCode(curious, asking({ manifest }), { grants });
    expect(context).toMatchObject({ pluginId: "ai.example.wat", pluginVersion: "1.0.0" });
    expect(context?.allows(QUESTION)).toBe(true);
    expect(context?.allows("https://api.example/v2")).toBe(false);
    expect(context?.allows("https://other.example/v1")).toBe(false);
  });

  it("without a capability is there for every component, also without a version", async () => {
    const unversioned = asking({ manifest: {} });
    const plugin = {
      ...unversioned,
      world: unversioned.world?.replace("@1.0.0", ""),
      packages: unversioned.packages?.replace("@1.0.0", ""),
      imports: unversioned.imports?.replace("@1.0.0", ""),
    } as WatPlugin;
    const { requires: _, ...open } = three;
    expect(await fnCode({ ...open, wit: "acme:geo/lookup#city" }, plugin, {})).toBe(4);
  });

  it("is refused where one side does not allow it, naming the import, the capability and the side", async () => {
    for (const [error, side] of [
      [await denial(GRANTED, asking({ manifest: {} })), "its manifest does not declare it"],
      [await denial({}), "the host does not grant it"],
      [
        await denial({}, asking({ manifest: {} })),
        "its manifest does not declare it, and the host does not grant it",
      ],
    ] as const) {
      expect(error).toMatchObject({
        code: "CAPABILITY_DENIED",
        message: `ai.example.wat imports what it may not use: ${WIT} needs "network" (${side})`,
      });
    }
  });

  it("that this host does not have is named before anything runs", async () => {
    const looping = asking({ fields: `${field} (func $s (loop $l (br $l))) (start $s)` });
    const { wit: _, ...extismOnly } = three;
    for (const hostFunctions of [
      [],
      [extismOnly],
      [{ ...three, wit: "acme:geo/lookup@1.0.0#town" }],
    ]) {
      const error = await denial(GRANTED, looping, hostFunctions);
      expect(error).toMatchObject({
        code: "INSTANTIATE",
        message: `the plugin imports host functions that this host does not have: ${WIT}`,
      });
    }
  });

  it("of another version is another function", async () => {
    const error = await denial(GRANTED, asking({}, "1.1.0"));
    expect(error.code).toBe("INSTANTIATE");
    expect(error.message).toMatch(/does not have: acme:geo\/lookup@1\.1\.0#city$/);
    const newer = city(() => new Uint8Array(9), { name: "newer", wit: WIT.replace("1.0", "1.1") });
    const { scalar } = await loadWat(asking({}, "1.1.0"), GRANTED, {
      hostFunctions: [three, newer],
    });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({ fnCode: 10 });
  });

  it("imported as of another type is refused with both types", async () => {
    for (const [type, core, actual] of [
      ["func(request: string) -> list<u8>", "i32 i32 i32", "func(string) -> list<u8>"],
      ["func(request: list<u8>)", "i32 i32", "func(list<u8>)"],
      [
        "func(request: list<u8>) -> result<list<u8>>",
        "i32 i32 i32",
        "func(list<u8>) -> result<list<u8>>",
      ],
    ]) {
      const error = await denial(GRANTED, {
        ...asking(),
        packages: `package acme:geo@1.0.0 { interface lookup { city: ${type}; } }`,
        imports: `(import "acme:geo/lookup@1.0.0" "city" (func (param ${core})))`,
        body: "(i32.const 0)",
      });
      expect(error.code).toBe("INSTANTIATE");
      expect(error.message).toContain(
        `${WIT} as ${actual}, and a function of an embedder is func(list<u8>) -> list<u8>`,
      );
    }
  });

  it("cannot be called while the manifest is read, nor is the attempt hidden by catching it", async () => {
    let called = false;
    const spy = city(() => {
      called = true;
      return new Uint8Array();
    });
    for (const inManifest of [CALL, `(try (do ${CALL}) (catch_all))`]) {
      const error = await denial(GRANTED, asking({ inManifest }), [spy]);
      expect(error).toMatchObject({
        code: "CAPABILITY_DENIED",
        message: expect.stringContaining(`manifest called the host function ${WIT}`),
      });
    }
    expect(called).toBe(false);
  });

  const hiding = asking({ body: `(try (do ${CALL}) (catch_all)) (i32.const 0)` });

  it("that throws ends the call with its error as the cause, and the guest cannot hide it", async () => {
    const cause = new Error("upstream is down");
    const failing = city(() => {
      throw cause;
    });
    for (const plugin of [asking(), hiding]) {
      await expect(fnCode(failing, plugin)).rejects.toMatchObject({
        name: "ComponentError",
        code: "INTERNAL",
        message: `the host function ${WIT} failed: upstream is down`,
        cause,
      });
    }
  });

  it("that throws a UniError gives the caller that very error", async () => {
    const own = new UniError("QUOTA", "no requests left today");
    const failing = city(() => {
      throw own;
    });
    for (const plugin of [asking(), hiding])
      await expect(fnCode(failing, plugin)).rejects.toBe(own);
  });

  it("that returns no bytes at all is the embedder's mistake, and said so", async () => {
    for (const value of ["text", undefined, [1, 2], Promise.resolve("text")]) {
      const wrong = city(() => value as unknown as Uint8Array);
      await expect(fnCode(wrong)).rejects.toMatchObject({
        code: "INTERNAL",
        message: `the host function ${WIT} returned no Uint8Array`,
      });
    }
  });
});
