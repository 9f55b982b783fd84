import { cannedComponent, type DocumentBehaviour } from "@uni/fixtures";
import { registrationOf } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it, vi } from "vitest";
import { doubles, ONE } from "./batch-of.ts";
import { cannedRefusal, loadCanned, manifestOf } from "./canned.ts";
import { loadBuilt, loaderOf, sharedLoader } from "./load.ts";
import { LOG, logging } from "./uni-interfaces.ts";
import { loadWat, type WatPlugin, watPlugin } from "./wat-plugin.ts";

const ECHO = { "invoke-scalar": { kind: "echo" } } as const;

/** What ended before must not hurt who comes next, in the same loader. */
async function expectHealthy(): Promise<void> {
  const { plugin, scalar } = await loadBuilt("geo");
  expect([...(await scalar("haversine").invoke(doubles([1], [2], [1], [2])))]).toEqual([0]);
  expect(plugin.pool.metrics.live).toBe(0);
}

describe("a fresh guest for every call", () => {
  it("never sees the state of another call, after a trap neither", async () => {
    const { plugin, scalar } = await loadBuilt("stateful", { pool: { maxInstances: 1 } });
    const [bump, boom] = [scalar("bump"), scalar("boom")];
    const zero = doubles([0]);
    for (let i = 0; i < 3; i++) {
      expect([...(await bump.invoke(zero))]).toEqual([1]);
      await expect(boom.invoke(zero)).rejects.toMatchObject({
        name: "ComponentError",
        code: "TRAP",
      });
      expect(() => boom.invokeSync(zero)).toThrow(expect.objectContaining({ code: "TRAP" }));
      expect([...bump.invokeSync(zero)]).toEqual([1]);
    }
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 12, exhausted: 0, live: 0 });
    await expectHealthy();
  });
});

describe("a deadline", () => {
  it("ends a guest that loops, gives its slot back and leaves the host well", async () => {
    const { plugin, scalar } = await loadCanned(
      { kind: "loop" },
      { limits: { timeoutMs: 800 }, pool: { maxInstances: 1 } },
    );
    // Only the looping calls have a short limit: the load, too, is bound by that of the plugin.
    const timeoutMs = 40;
    for (let i = 0; i < 2; i++) {
      await expect(scalar.invoke(ONE, { timeoutMs })).rejects.toMatchObject({
        name: "ComponentError",
        code: "TIMEOUT",
        // The thread that the call before has cost may not be there again.
        message: expect.stringMatching(
          /ai\.example\.canned\.f did not (start|finish) within 40 ms/,
        ),
      });
      expect(() => scalar.invokeSync(ONE, { timeoutMs })).toThrow(
        expect.objectContaining({ code: "TIMEOUT" }),
      );
    }
    await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 4, exhausted: 0, live: 0 });
    await expect(scalar.invoke(ONE, { timeoutMs: 60_000 })).rejects.toThrow(/within 800 ms/);
    await expectHealthy();
  });

  it("does not start for a call that was aborted before", async () => {
    const { plugin, scalar } = await loadCanned({ kind: "loop" });
    const reason = new Error("the user left");
    await expect(scalar.invoke(ONE, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: "ABORTED",
      cause: reason,
    });
    expect(plugin.pool.metrics.misses).toBe(0);
  });

  it("counts for what the guest does to make room, and to clean up", async () => {
    const forever = "(loop $forever (br $forever))";
    const guests: WatPlugin[] = [
      { inRealloc: forever, body: "(i32.const 0)" },
      {
        fields: `(func (export "cabi_post_invoke-scalar") (param i32) ${forever})`,
        body: "(i32.const 0)",
      },
    ];
    for (const guest of guests) {
      const { plugin, scalar } = await loadWat(guest);
      await expect(scalar.invoke(ONE, { timeoutMs: 40 })).rejects.toMatchObject({
        code: "TIMEOUT",
      });
      expect(plugin.pool.metrics.live).toBe(0);
    }
  });
});

describe("a guest that makes room or cleans up", () => {
  const { fields, call } = logging("info", "from the allocator");
  const post = (body: string) => `(func (export "cabi_post_invoke-scalar") (param i32) ${body})`;
  const cases: [string, WatPlugin, RegExp][] = [
    ["and traps", { inRealloc: "(unreachable)", body: "" }, /trapped: unreachable/],
    [
      "outside of its memory",
      { inRealloc: "(return (i32.const -8))", body: "" },
      /bytes at 4294967288 are outside of the guest's memory/,
    ],
    [
      "and calls the host",
      { ...LOG, fields, inRealloc: call, body: "" },
      /called an import while it only may make room/,
    ],
    [
      "and calls the host, and catches what comes of that",
      { ...LOG, fields, inRealloc: `(try (do ${call}) (catch_all))`, body: "" },
      /called an import while it only may make room/,
    ],
    ["and traps after its answer", { fields: post("(unreachable)"), body: "" }, /unreachable/],
    [
      "and calls the host after its answer",
      { ...LOG, fields: fields + post(call), body: "" },
      /called an import while it only may make room/,
    ],
  ];
  for (const [what, guest, message] of cases) {
    it(`${what} fails its call`, async () => {
      const logged: unknown[] = [];
      const logger = (record: unknown) => logged.push(record);
      const { plugin, scalar } = await loadWat({ ...guest, body: "(i32.const 0)" }, {}, { logger });
      await expect(scalar.invoke(ONE)).rejects.toMatchObject({
        name: "ComponentError",
        code: "TRAP",
        message: expect.stringMatching(message),
      });
      expect(logged).toEqual([]);
      expect(plugin.pool.metrics.live).toBe(0);
    });
  }
});

describe("an exception that a guest throws and does not catch", () => {
  it("is a trap", async () => {
    const { scalar } = await loadWat({ fields: "(tag $t)", body: "(throw $t)" });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({
      code: "TRAP",
      message: expect.stringContaining("an exception that it did not catch"),
    });
  });
});

describe("memory", () => {
  const growing = (pages: number): WatPlugin => ({
    memory: "2",
    // What `memory.grow` gives: the pages before, or -1.
    body: `(i32.add (i32.const 2) (memory.grow (i32.const ${pages})))`,
  });
  const code = async (guest: WatPlugin, options = {}) => {
    const { scalar } = await loadWat(guest, options);
    return (await scalar.invoke(ONE).catch((error: unknown) => error)) as { fnCode?: number };
  };

  it("can grow up to the limit, and not beyond it", async () => {
    const options = { limits: { memoryPages: 4 } };
    expect(await code(growing(2), options)).toMatchObject({ fnCode: 4 });
    expect(await code(growing(3), options)).toMatchObject({ fnCode: 1 });
  });

  it("of a manifest that wants less is bounded by that", async () => {
    const modest = { ...growing(2), manifest: { memory_max_pages: 3 } };
    expect(await code(modest, { limits: { memoryPages: 4 } })).toMatchObject({ fnCode: 1 });
  });

  it("that starts beyond the limit is refused with both numbers", async () => {
    const bytes = await cannedComponent({ memoryPages: 5 });
    const load = loaderOf().load(bytes, { limits: { memoryPages: 4 } });
    await expect(load).rejects.toMatchObject({
      code: "RESOURCE_LIMIT",
      message: expect.stringMatching(/5 pages.*limit is 4/),
    });
  });

  it("that a guest hoards ends at the limit, and the guest may go on", async () => {
    const { plugin, scalar } = await loadCanned({ kind: "hog" }, { limits: { memoryPages: 256 } });
    // Its answer has no bytes, which is no Arrow IPC; a trap or a deadline would be something else.
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({ code: "IPC" });
    const { scalar: greedy } = await loadCanned(
      { kind: "grow", pages: 256 },
      { limits: { memoryPages: 256 } },
    );
    await expect(greedy.invoke(ONE)).rejects.toMatchObject({ code: "TRAP" });
    expect(plugin.pool.metrics.live).toBe(0);
    await expectHealthy();
  });
});

describe("a start function", () => {
  const memoryPages = 64;
  const cases: [string, DocumentBehaviour, string, RegExp][] = [
    ["traps", { kind: "trap" }, "TRAP", /start trapped: unreachable/],
    ["loops", { kind: "loop" }, "TIMEOUT", /manifest did not finish within 300 ms/],
    ["overflows the stack", { kind: "recurse" }, "TRAP", /start trapped: stack overflow/],
    ["grows beyond the limit", { kind: "grow", pages: 65 }, "TRAP", /start trapped/],
  ];
  for (const [what, start, code, message] of cases) {
    it(`that ${what} ends the load, and the next plugin loads`, async () => {
      const limits = start.kind === "loop" ? { timeoutMs: 300 } : { memoryPages };
      const error = await cannedRefusal({ start }, { limits });
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
      await expectHealthy();
    });
  }

  it("that does no harm runs once in every guest", async () => {
    const { scalar } = await loadWat({
      fields: `(global $count (mut i32) (i32.const 10))
        (func $start (global.set $count (i32.add (global.get $count) (i32.const 1))))
        (start $start)`,
      body: "(global.get $count)",
    });
    for (let i = 0; i < 2; i++) {
      await expect(scalar.invoke(ONE)).rejects.toMatchObject({ fnCode: 11 });
    }
  });
});

describe("one registry", () => {
  it("takes a plugin once, or in the place of the one before", async () => {
    const registry = new PluginRegistry();
    const old = await watPlugin({ body: "(i32.const 1)" });
    const loaded = await sharedLoader.load(old, { registry });
    await expect(sharedLoader.load(old, { registry })).rejects.toMatchObject({
      name: "PluginError",
      code: "DUPLICATE",
    });
    const held = registry.scalar("ai.example.wat.f");
    const next = await watPlugin({ body: "(i32.const 2)", manifest: { version: "2.0.0" } });
    await sharedLoader.load(next, { registry, replace: true });
    expect(registry.plugins()).toMatchObject([{ version: "2.0.0" }]);
    await expect(held.invoke(ONE)).rejects.toMatchObject({ fnCode: 1 });
    await expect(registry.scalar("ai.example.wat.f").invoke(ONE)).rejects.toMatchObject({
      fnCode: 2,
    });
    await loaded.close();
    expect(registry.plugins()).toHaveLength(1);
  });

  it("does not take part of a plugin that is refused at its registration", async () => {
    const registry = new PluginRegistry();
    const bytes = await cannedComponent({
      manifest: manifestOf({ capabilities: [] }),
      register: registrationOf(),
      functions: ECHO,
    });
    await expect(loaderOf().load(bytes, { registry })).rejects.toMatchObject({
      code: "CAPABILITY_DENIED",
    });
    expect(registry.plugins()).toEqual([]);
  });
});
