import { cannedExtismGuest, readFixture } from "@uni/fixtures";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it, vi } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { loadCanned } from "./canned-scalar.ts";
import { columns } from "./doubles.ts";

const one = columns({ x: [1] });

describe("a deadline", () => {
  it("ends a guest that loops, gives its slot back and leaves the host well", async () => {
    const { plugin, scalar } = await loadCanned(
      { kind: "loop" },
      { limits: { timeoutMs: 300 }, pool: { maxInstances: 1 } },
    );
    for (let i = 0; i < 3; i++) {
      await expect(scalar.invoke(one)).rejects.toMatchObject({
        name: "ExtismError",
        code: "TIMEOUT",
        message: expect.stringMatching(/ai\.example\.canned\.f did not finish within 300 ms/),
      });
      expect(() => scalar.invokeSync(one)).toThrow(expect.objectContaining({ code: "TIMEOUT" }));
    }
    // Whoever waits at once has no time to see a guest go.
    await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 6, exhausted: 0, live: 0 });
    const { scalar: neighbour } = await loadCanned({ kind: "echo" });
    expect([...(await neighbour.invoke(one))]).toEqual([1]);
  });

  it("of a call can be shorter than the plugin's, and never longer", async () => {
    const { scalar } = await loadCanned({ kind: "loop" }, { limits: { timeoutMs: 300 } });
    await expect(scalar.invoke(one, { timeoutMs: 20 })).rejects.toThrow(/within 20 ms/);
    await expect(scalar.invoke(one, { timeoutMs: 60_000 })).rejects.toThrow(/within 300 ms/);
    await expect(scalar.invoke(one, { timeoutMs: 1.5 })).rejects.toThrow(/timeoutMs must be/);
  });

  it("covers the start function of every guest", async () => {
    // A start function that loops from the second instance on cannot be written without state, so
    // this one loops always, and the load itself is what ends.
    const bytes = await cannedExtismGuest({
      register: registrationOf({ args: [FLOAT64], returns: FLOAT64 }),
      functions: { invoke_ai_example_canned_f: { kind: "echo" } },
      start: { kind: "loop" },
    });
    await expect(new ExtismLoader({ limits: { timeoutMs: 30 } }).load(bytes)).rejects.toMatchObject(
      { code: "TIMEOUT" },
    );
  });
});

describe("an aborted signal", () => {
  it("keeps the call from starting, with its reason as the cause", async () => {
    const { plugin, scalar } = await loadCanned({ kind: "echo" });
    const reason = new Error("the user left");
    await expect(scalar.invoke(one, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: "ABORTED",
      cause: reason,
    });
    expect(plugin.pool.metrics.misses).toBe(0);
  });
});

describe("close", () => {
  it("takes the functions out of the registry and refuses calls of those still held", async () => {
    const registry = new PluginRegistry();
    const loader = new ExtismLoader();
    const plugin = await loader.load(readFixture("geo"), { registry });
    const held = registry.scalar("ai.example.geo.haversine");
    await plugin.close();
    await plugin.close();
    expect(registry.plugins()).toEqual([]);
    expect(() => registry.scalar("ai.example.geo.haversine")).toThrow(
      expect.objectContaining({ code: "NOT_FOUND" }),
    );
    await expect(held.invoke(columns({ a: [1], b: [1], c: [1], d: [1] }))).rejects.toMatchObject({
      code: "CLOSED",
      message: expect.stringContaining("ai.example.geo was closed"),
    });
    const again = await loader.load(readFixture("geo"), { registry });
    expect(registry.plugins()).toEqual([expect.objectContaining({ id: again.id })]);
  });

  it("does not take out a plugin of the same id that came after it", async () => {
    const registry = new PluginRegistry();
    const loader = new ExtismLoader();
    const first = await loader.load(readFixture("geo"), { registry });
    registry.remove(first.id);
    const second = await loader.load(readFixture("geo"), { registry });
    await first.close();
    expect(registry.plugins()).toEqual([expect.objectContaining({ id: second.id })]);
  });
});

describe("a second load of a plugin into one registry", () => {
  it("is refused, and the first goes on", async () => {
    const registry = new PluginRegistry();
    const loader = new ExtismLoader();
    await loader.load(readFixture("geo"), { registry });
    await expect(loader.load(readFixture("geo"), { registry })).rejects.toMatchObject({
      name: "PluginError",
      code: "DUPLICATE",
    });
    const km = await registry
      .scalar("ai.example.geo.haversine")
      .invoke(columns({ a: [0], b: [0], c: [0], d: [0] }));
    expect([...km]).toEqual([0]);
  });
});
