import { cannedExtismGuest, readFixture } from "@uni/fixtures";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { ExtismSdkLoader } from "../../src/sdk/index.ts";
import { loadSdk } from "../../src/sdk/load-sdk.ts";
import { columns } from "../doubles.ts";
import { watPlugin } from "../wat-plugin.ts";
import { withBoth } from "./two-loaders.ts";

const one = columns({ x: [1] });
const register = registrationOf({ args: [FLOAT64], returns: FLOAT64 });

describe("a guest in the SDK", () => {
  it("is fresh for every call, also after a trap, and gives its slot back", async () => {
    const registry = new PluginRegistry();
    await using plugin = await new ExtismSdkLoader().load(readFixture("stateful"), { registry });
    const bump = registry.scalar("ai.example.stateful.bump");
    for (let i = 0; i < 3; i++) {
      expect([...(await bump.invoke(one))]).toEqual([1]);
      await expect(registry.scalar("ai.example.stateful.boom").invoke(one)).rejects.toMatchObject({
        name: "ExtismError",
        code: "TRAP",
      });
    }
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 6, exhausted: 0, live: 0 });
  });

  it("is one of as many as the pool allows, while others wait for theirs", async () => {
    const plugin = await new ExtismSdkLoader().load(readFixture("stateful"), {
      pool: { maxInstances: 4 },
    });
    const calls = Array.from({ length: 5 }, () => plugin.scalars[0]?.invoke(one));
    expect(plugin.pool.metrics.live).toBe(4);
    expect(plugin.stats().queued).toBe(1);
    await Promise.all(calls);
    expect(plugin.pool.metrics).toMatchObject({ live: 0, exhausted: 0 });
  });

  it("has no synchronous calls, and says who has", async () => {
    const plugin = await new ExtismSdkLoader().load(readFixture("stateful"));
    expect(() => plugin.scalars[0]?.invokeSync(one)).toThrow(
      expect.objectContaining({
        name: "ExtismError",
        code: "INTERNAL",
        message: expect.stringMatching(/no synchronous calls, and ExtismLoader has/),
      }),
    );
    expect(plugin.pool.metrics.live).toBe(0);
  });

  it("that loops is ended every time, and leaves nothing unhandled and the host well", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const bytes = await cannedExtismGuest({
      register,
      functions: { invoke_ai_example_canned_f: { kind: "loop" } },
    });
    const plugin = await new ExtismSdkLoader({ limits: { timeoutMs: 300 } }).load(bytes);
    for (let i = 0; i < 3; i++) {
      await expect(plugin.scalars[0]?.invoke(one)).rejects.toMatchObject({ code: "TIMEOUT" });
    }
    await expect(plugin.scalars[0]?.invoke(one, { timeoutMs: 10 })).rejects.toThrow(/10 ms/);
    const pending = plugin.scalars[0]?.invoke(one);
    await plugin.close();
    await expect(pending).rejects.toMatchObject({ code: "TIMEOUT" });
    await expect(plugin.scalars[0]?.invoke(one)).rejects.toMatchObject({ code: "CLOSED" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
    expect(plugin.pool.metrics.live).toBe(0);
  });
});

describe("what a module wants to have run before its first call", () => {
  const adding = (name: string, amount: number, params = "") =>
    `(func (export "${name}") ${params}
      (global.set $count (i32.add (global.get $count) (i32.const ${amount}))))`;
  const start = `(func $start (global.set $count (i32.const 5000))) (start $start)`;
  const cases: [string, string, number][] = [
    ["nothing", "", 1],
    ["_initialize", adding("_initialize", 10), 11],
    ["__wasm_call_ctors", adding("__wasm_call_ctors", 20), 21],
    ["the first of both", adding("_initialize", 10) + adding("__wasm_call_ctors", 20), 11],
    [
      "_initialize and hs_init",
      adding("_initialize", 10) + adding("hs_init", 100, "(param i32 i32)"),
      111,
    ],
    ["never _start", adding("_start", 1000) + adding("uni:_start", 2000), 1],
    ["its start function", start + adding("_initialize", 10), 5010],
  ];
  it.each(cases)("runs once in a guest, as on our engine: %s", async (_what, fields, fnCode) => {
    const bytes = await watPlugin({
      fields: `(global $count (mut i32) (i32.const 1)) ${fields}`,
      body: "(global.get $count)",
    });
    const { own, sdk } = await withBoth(async (load) => {
      const plugin = await load(bytes);
      return await plugin.scalars[0]?.invoke(one);
    });
    expect(own).toMatchObject({ name: "FnError", fnCode });
    expect(sdk).toEqual(own);
  });
});

describe("without the SDK", () => {
  it("a load is refused with what to install", async () => {
    const notInstalled = "@extism/not-installed";
    await expect(loadSdk(() => import(/* @vite-ignore */ notInstalled))).rejects.toMatchObject({
      name: "ExtismError",
      code: "INSTANTIATE",
      message: expect.stringContaining("install @extism/extism@2.0.0-rc13"),
      cause: { code: "ERR_MODULE_NOT_FOUND" },
    });
  });
});
