import { assembleWat } from "@uni/fixtures";
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { columns } from "./doubles.ts";
import { loadWat, type WatPlugin, watPlugin } from "./wat-plugin.ts";

const one = columns({ x: [1] });

async function fnCode(plugin: WatPlugin, options = {}): Promise<unknown> {
  const { scalar } = await loadWat(plugin, options);
  const error = await scalar.invoke(one).catch((e: unknown) => e);
  return (error as { fnCode?: number }).fnCode ?? error;
}

const COUNTER = "(global $count (mut i32) (i32.const 1))";
const adding = (name: string, amount: number, params = "") =>
  `(func (export "${name}") ${params}
    (global.set $count (i32.add (global.get $count) (i32.const ${amount}))))`;
const body = "(global.get $count)";

describe("a reactor", () => {
  const cases: [string, string, number][] = [
    ["of C or Go is set up by _initialize", adding("_initialize", 10), 11],
    ["without _initialize is set up by __wasm_call_ctors", adding("__wasm_call_ctors", 20), 21],
    [
      "with both is set up by _initialize alone",
      adding("_initialize", 10) + adding("__wasm_call_ctors", 20),
      11,
    ],
    [
      "of Haskell also starts its run-time system",
      adding("_initialize", 10) + adding("hs_init", 100, "(param i32 i32)"),
      111,
    ],
    ["without any is called as it is", "", 1],
  ];
  for (const [what, fields, expected] of cases) {
    it(`${what}, once in every guest`, async () => {
      const { scalar } = await loadWat({ fields: COUNTER + fields, body });
      for (let i = 0; i < 2; i++) {
        await expect(scalar.invoke(one)).rejects.toMatchObject({ fnCode: expected });
      }
    });
  }

  it("is under the deadline while it is set up", async () => {
    const looping = '(func (export "_initialize") (loop $forever (br $forever)))';
    const bytes = await watPlugin({ fields: looping, body: "(i32.const 0)" });
    await expect(
      new ExtismLoader().load(bytes, { limits: { timeoutMs: 40 } }),
    ).rejects.toMatchObject({
      code: "TIMEOUT",
    });
  });
});

describe("a command", () => {
  it("is told that it is no plugin", async () => {
    const bytes = await assembleWat('(module (func (export "_start")))');
    await expect(new ExtismLoader().load(bytes)).rejects.toMatchObject({
      code: "INVALID_PLUGIN",
      message: expect.stringMatching(/got a command.*_start/),
    });
  });
});

describe("memory", () => {
  const growing = (pages: number): WatPlugin => ({
    body: `(i32.add (i32.const 2) (memory.grow (i32.const ${pages})))`,
  });

  it("can grow up to the limit, and not beyond it", async () => {
    const options = { limits: { memoryPages: 4 } };
    // Growing gives the pages before, 1; a refusal is -1.
    expect(await fnCode(growing(3), options)).toBe(3);
    expect(await fnCode(growing(4), options)).toBe(1);
  });

  it("of a manifest that wants less is bounded by that", async () => {
    const modest = { ...growing(3), manifest: { memory_max_pages: 2 } };
    expect(await fnCode(modest, { limits: { memoryPages: 4 } })).toBe(1);
    const greedy = { ...growing(4), manifest: { memory_max_pages: 1000 } };
    expect(await fnCode(greedy, { limits: { memoryPages: 4 } })).toBe(1);
  });

  it("that starts beyond the limit is refused with both numbers", async () => {
    const bytes = await watPlugin({ memory: "5", body: "(i32.const 0)" });
    const load = new ExtismLoader().load(bytes, { limits: { memoryPages: 4 } });
    await expect(load).rejects.toMatchObject({
      code: "RESOURCE_LIMIT",
      message: expect.stringMatching(/5 pages.*limit is 4/),
    });
  });

  it("is bounded while the manifest is read, too", async () => {
    const hoarding = {
      body: "(i32.const 0)",
      inManifest: "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))",
    };
    const { plugin } = await loadWat(hoarding, { limits: { memoryPages: 64, timeoutMs: 2000 } });
    expect(plugin.limits.memoryPages).toBe(64);
  });
});

describe("blocks", () => {
  const allocating = (bytes: number): WatPlugin => ({
    body: `(drop (call $alloc (i64.const ${bytes}))) (i32.const 3)`,
  });

  it("take as much beside the memory as it may take, and not more", async () => {
    const options = { limits: { memoryPages: 4 } };
    expect(await fnCode(allocating(200_000), options)).toBe(3);
    expect(await fnCode(allocating(262_144), options)).toMatchObject({
      code: "RESOURCE_LIMIT",
      message: expect.stringContaining("over the limit of 262144 bytes in all blocks"),
    });
  });

  it("of a manifest that wants less are bounded by that", async () => {
    const modest = { ...allocating(200_000), manifest: { memory_max_pages: 2 } };
    expect(await fnCode(modest, { limits: { memoryPages: 4 } })).toMatchObject({
      code: "RESOURCE_LIMIT",
    });
  });
});

describe("a plugin that imports WASI", () => {
  const wasi = (name: string, type: string) =>
    `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`;

  it("gets clocks and randomness", async () => {
    const plugin = {
      imports: wasi("clock_time_get", "(param i32 i64 i32) (result i32)"),
      body: `(drop (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 64)))
        (i64.gt_u (i64.load (i32.const 64)) (i64.const 1600000000000000000))`,
    };
    expect(await fnCode(plugin)).toBe(1);
  });

  it("prints to the log", async () => {
    const messages: string[] = [];
    const { scalar } = await loadWat(
      {
        imports: wasi("fd_write", "(param i32 i32 i32 i32) (result i32)"),
        fields:
          '(data (i32.const 0) "\\10\\00\\00\\00\\06\\00\\00\\00") (data (i32.const 16) "hello\\n")',
        body: "(drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32))) (i32.const 1)",
      },
      {},
      { logger: ({ level, message }) => messages.push(`${level} ${message}`) },
    );
    await scalar.invoke(one).catch(() => undefined);
    expect(messages.map((m) => m.trimEnd())).toEqual(["info hello"]);
  });

  it("cannot end the host", async () => {
    const plugin = {
      imports: wasi("proc_exit", "(param i32)"),
      body: "(call $proc_exit (i32.const 3)) (i32.const 0)",
    };
    const { scalar } = await loadWat(plugin);
    await expect(scalar.invoke(one)).rejects.toMatchObject({
      code: "TRAP",
      message: expect.stringContaining("proc_exit(3)"),
    });
    expect(process.exitCode).toBeUndefined();
  });

  it("is refused where it imports what preview 1 does not have", async () => {
    const bytes = await watPlugin({ imports: wasi("fd_teleport", ""), body: "(i32.const 0)" });
    await expect(new ExtismLoader().load(bytes)).rejects.toMatchObject({
      code: "INSTANTIATE",
      message: expect.stringContaining("wasi_snapshot_preview1 fd_teleport"),
    });
  });
});

describe("replacing a plugin", () => {
  it("swaps it in one step, and calls that were looked up before stay with the old one", async () => {
    const registry = new PluginRegistry();
    const loader = new ExtismLoader();
    const first = await watPlugin({ body: "(i32.const 1)" });
    const second = await watPlugin({ body: "(i32.const 2)", manifest: { version: "2.0.0" } });
    const old = await loader.load(first, { registry });
    const held = registry.scalar("ai.example.wat.f");
    await loader.load(second, { registry, replace: true });
    expect(registry.plugins()).toMatchObject([{ version: "2.0.0" }]);
    await expect(held.invoke(one)).rejects.toMatchObject({ fnCode: 1 });
    await expect(registry.scalar("ai.example.wat.f").invoke(one)).rejects.toMatchObject({
      fnCode: 2,
    });
    await old.close();
    expect(registry.plugins()).toHaveLength(1);
    await expect(held.invoke(one)).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("is refused where there is nothing to replace", async () => {
    const bytes = await watPlugin({ body: "(i32.const 1)" });
    const load = new ExtismLoader().load(bytes, { registry: new PluginRegistry(), replace: true });
    await expect(load).rejects.toMatchObject({ name: "PluginError", code: "NOT_FOUND" });
  });
});
