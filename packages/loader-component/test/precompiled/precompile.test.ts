import {
  assembleWat,
  cannedComponent,
  componentOf,
  readComponent,
  readFixture,
} from "@uni/fixtures";
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { ComponentError, ComponentLoader } from "../../src/index.ts";
import { PrecompiledLoader } from "../../src/precompiled/index.ts";
import { doubles } from "../batch-of.ts";
import { panics } from "../hostile/panics.ts";
import { observe } from "../translate/observe.ts";
import { entryOf } from "../translate/stateful.ts";

const GEO = readComponent("geo");
const PLACES = doubles([52.52, null, 0], [13.405, 1, 0], [48.85, 2, 90], [2.35, 3, 180]);

/** The refusal of bytes that are no component, or none that is a plugin. */
function invalid(message: RegExp) {
  const code = "INVALID_PLUGIN";
  return { name: "ComponentError", code, message: expect.stringMatching(message) };
}

/** What an artifact loads as, and what its function answers. */
async function answersOf(loader: ComponentLoader | PrecompiledLoader, bytes: Uint8Array) {
  const registry = new PluginRegistry();
  await using plugin = await loader.load(bytes, { registry });
  const { id, version, manifest } = plugin;
  const km = await registry.scalar("ai.example.geo.haversine").invoke(PLACES);
  return { id, version, manifest, km: [...km] };
}

describe("a precompiled component", () => {
  it("is what the component is, with either loader, and needs no thread", async () => {
    const { threads } = observe();
    const whole = await answersOf(new ComponentLoader({ cache: false, isolation: "inline" }), GEO);
    const artifact = await ComponentLoader.precompile(GEO);
    expect(whole.km).toEqual([expect.closeTo(877.5, 0), null, expect.closeTo(10_007.557, 2)]);
    expect(threads).toHaveLength(2);
    expect(
      await answersOf(new ComponentLoader({ cache: false, isolation: "inline" }), artifact),
    ).toEqual(whole);
    expect(await answersOf(new PrecompiledLoader({ isolation: "inline" }), artifact)).toEqual(
      whole,
    );
    expect(threads).toHaveLength(2);
  });

  it("is the same bytes whenever it is made, and those of a cache too", async () => {
    const made = await Promise.all([0, 1].map(() => ComponentLoader.precompile(GEO)));
    expect(Buffer.compare(made[0] ?? Buffer.of(), made[1] ?? Buffer.of(1))).toBe(0);
  });

  it("may be a view of larger memory, and be changed after the load", async () => {
    const artifact = entryOf(readComponent("text"));
    const larger = new Uint8Array(artifact.length + 33).fill(7);
    larger.set(artifact, 13);
    const view = larger.subarray(13, 13 + artifact.length);
    const load = new PrecompiledLoader().load(view);
    larger.fill(0);
    expect((await load).id).toBe("ai.example.text");
  });

  it("takes the options of a loader, and those alone", async () => {
    const artifact = entryOf(readComponent("text"));
    const loader = new PrecompiledLoader({ limits: { timeoutMs: 7_777 } });
    expect((await loader.load(artifact)).limits.timeoutMs).toBe(7_777);
    // Stands for a program that no compiler checked.
    const cache = { cache: false } as object;
    expect(() => new PrecompiledLoader(cache)).toThrow(/unknown loader option "cache"/);
    const large = entryOf(await cannedComponent({ memoryPages: 3 }));
    const tight = new PrecompiledLoader({ limits: { memoryPages: 2 } }).load(large);
    await expect(tight).rejects.toMatchObject({ code: "RESOURCE_LIMIT" });
  });

  it("is pinned by the hash of its own bytes", async () => {
    const artifact = entryOf(readComponent("text"));
    const load = new PrecompiledLoader().load(artifact, { sha256: "0".repeat(64) });
    await expect(load).rejects.toMatchObject({
      code: "INVALID_PLUGIN",
      message: expect.stringMatching(/SHA-256/),
    });
  });
});

describe("PrecompiledLoader", () => {
  const refuse = (bytes: Uint8Array) => new PrecompiledLoader().load(bytes);

  it("refuses a component, and says what to do with it", async () => {
    const { threads } = observe();
    await expect(refuse(GEO)).rejects.toMatchObject({
      name: "ComponentError",
      code: "INVALID_PLUGIN",
      message:
        "expected a precompiled component, got a component; precompile it with ComponentLoader.precompile of @uni/loader-component, or load it with ComponentLoader",
    });
    expect(threads).toHaveLength(0);
  });

  it("says of other bytes what they are", async () => {
    const cases: [Uint8Array, RegExp][] = [
      [readFixture("geo"), /got a core module; @uni\/loader-extism/],
      [new TextEncoder().encode("(component)"), /got WebAssembly text/],
      [Uint8Array.of(1, 2, 3), /starts with/],
      [new Uint8Array(), /got something else/],
    ];
    for (const [bytes, message] of cases) {
      await expect(refuse(bytes)).rejects.toMatchObject(invalid(message));
    }
  });
});

describe("precompile refuses", () => {
  const refused = (bytes: unknown) =>
    // Stands for a program that no compiler checked.
    expect(ComponentLoader.precompile(bytes as Uint8Array)).rejects;

  it.each([undefined, null, "geo.wasm", 7, {}, new ArrayBuffer(8), [0, 1]])(
    "%s, which is no bytes",
    async (value) => {
      await refused(value).toMatchObject(invalid(/^expected a Uint8Array, got \[object/));
    },
  );

  it.each([
    ["a core module", readFixture("geo"), /got a core module; @uni\/loader-extism/],
    ["text", new TextEncoder().encode("(component)"), /got WebAssembly text/],
    ["garbage", Uint8Array.of(1, 2, 3), /something else/],
    ["nothing", new Uint8Array(), /something else/],
    ["a component that is cut off", GEO.subarray(0, -9), /not valid/],
  ])("%s", async (_title, bytes, message) => {
    await refused(bytes).toMatchObject(invalid(message));
  });

  it("an artifact", async () => {
    const artifact = entryOf(GEO);
    await refused(artifact).toMatchObject({
      code: "INVALID_PLUGIN",
      message: "expected a WebAssembly component, got one that is precompiled already",
    });
  });

  it("a component whose function has another type, with both types", async () => {
    const world = `package canned:plugin;
      world canned {
        export manifest: func() -> string;
        export register: func() -> string;
        export invoke-scalar: func(qname: string, ipc: list<u8>) -> result<list<u8>, string>;
      }`;
    const functions = { "invoke-scalar": { kind: "tag", tag: 0 } } as const;
    await refused(await cannedComponent({ world, functions })).toMatchObject(
      invalid(/invoke-scalar: expected func.*record.*, got func.*result<list<u8>, string>$/),
    );
  });

  it("a component that is no plugin, and one that imports what no host has", async () => {
    const core = await assembleWat('(module (func (export "answer") (result i32) (i32.const 42)))');
    const wit = "package my:plugin; world w { export answer: func() -> u32; }";
    await refused(await componentOf(core, wit, "w")).toMatchObject(
      invalid(/does not export manifest and register/),
    );
    const imports = [{ interface: "wasi:sockets/network@0.2.0", name: "dial" }];
    await refused(await cannedComponent({ imports })).toMatchObject({
      code: "INSTANTIATE",
      message: expect.stringMatching(/capability "network"/),
    });
  });

  it("a component that breaks the validator", async () => {
    const broken = panics.find(({ componentWit }) => componentWit === "panics");
    if (broken === undefined) throw new Error("one panics");
    await refused(await broken.component()).toBeInstanceOf(ComponentError);
  });
});
