import { readFixture } from "@uni/fixtures";
import type { Isolation } from "@uni/wasm-rt";
import { describe, expect, it, vi } from "vitest";
import { ExtismLoader } from "../../src/index.ts";
import { loadCanned } from "../canned-scalar.ts";
import { one } from "./held-plugin.ts";

async function loadWith(spares: number, isolation: Isolation) {
  const loader = new ExtismLoader({ isolation });
  const plugin = await loader.load(readFixture("stateful"), {
    spares,
    pool: { maxInstances: spares + 2 },
  });
  const bump = plugin.scalars.find(({ name }) => name.local === "bump");
  if (bump === undefined) throw new Error("the fixture has a function bump");
  const ready = (count: number) =>
    vi.waitFor(() => expect(plugin.stats().spares.ready).toBe(count));
  return { plugin, bump, ready };
}

describe.each(["thread", "inline"] as const)("guests built ahead, %s", (isolation) => {
  const load = (spares: number) => loadWith(spares, isolation);

  it("are fresh, are used once, and are counted apart from the pool's hits", async () => {
    const { plugin, bump, ready } = await load(1);
    for (let i = 1; i <= 3; i++) {
      await ready(1);
      expect(plugin.pool.metrics.live).toBe(1);
      expect([...(i === 2 ? bump.invokeSync(one) : await bump.invoke(one))]).toEqual([1]);
      expect(plugin.stats().spares).toMatchObject({ used: i, missed: 0 });
    }
    await ready(1);
    expect(plugin.pool.metrics).toMatchObject({ hits: 0, exhausted: 0, live: 1 });
    await plugin.close();
    expect(plugin.pool.metrics.live).toBe(0);
    expect(plugin.stats().spares.ready).toBe(0);
  });

  it("are missed by calls that come faster than they are built", async () => {
    const { plugin, bump, ready } = await load(1);
    await ready(1);
    const results = await Promise.all([bump.invoke(one), bump.invoke(one)]);
    expect(results.map((column) => column.get(0))).toEqual([1, 1]);
    expect(plugin.stats().spares).toMatchObject({ used: 1, missed: 1 });
    await plugin.close();
  });

  it("leave a slot for others", async () => {
    const loader = new ExtismLoader({ isolation });
    const bytes = readFixture("stateful");
    for (const spares of [4, -1, 0.5]) {
      await expect(loader.load(bytes, { spares })).rejects.toThrow(
        /spares must be an integer from 0 to maxInstances - 1, which is 3/,
      );
    }
  });
});

describe("a guest that was built ahead on a thread which is then lost", () => {
  it("gives its slot back, and the next call builds its own", async () => {
    const spare = await new ExtismLoader().load(readFixture("stateful"), { spares: 3 });
    const [bump] = spare.scalars;
    const ready = () => spare.stats().spares.ready;
    await vi.waitFor(() => expect(ready()).toBeGreaterThan(0));
    // Every thread but those that start anew is ended.
    const { scalar, plugin } = await loadCanned({ kind: "loop" }, { limits: { timeoutMs: 300 } });
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => scalar.invoke(one)));
    expect(results.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
    await plugin.close();
    expect([...((await bump?.invoke(one)) ?? [])]).toEqual([1]);
    await vi.waitFor(() => expect(spare.pool.metrics.live).toBe(ready()));
    await spare.close();
    expect(spare.pool.metrics.live).toBe(0);
  });
});

describe("guests built ahead on threads", () => {
  it("are there for a caller that never lets go of its own thread", async () => {
    const { plugin, bump, ready } = await loadWith(1, "thread");
    await ready(1);
    const results = Array.from({ length: 20 }, () => bump.invokeSync(one).get(0));
    expect(results).toEqual(Array(20).fill(1));
    expect(plugin.stats().spares).toMatchObject({ used: 20, missed: 0 });
    expect(plugin.pool.metrics).toMatchObject({ hits: 0, live: 1 });
    await plugin.close();
    expect(plugin.pool.metrics.live).toBe(0);
  });
});
