import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readFixture } from "@uni/fixtures";
import type { CallEnded, CallStarted } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { one } from "./threads/held-plugin.ts";
import { loadCounting, open } from "./threads/session-plugin.ts";

describe.each(["thread", "inline"] as const)("what is counted of calls, %s", (isolation) => {
  it("adds calls, failures and bytes up, those of sessions as well", async () => {
    const { plugin, bump } = await loadCounting({}, isolation);
    const boom = plugin.scalars.find(({ name }) => name.local === "boom");
    await bump.invoke(one);
    bump.invokeSync(one);
    using session = open(bump);
    await session.invoke(one);
    session.invokeSync(one);
    await expect(boom?.invoke(one)).rejects.toMatchObject({ code: "TRAP" });
    const { calls, failures, bytesIn, bytesOut, times } = plugin.stats();
    expect(calls).toEqual({ scalar: 5, aggregate: 0, procedure: 0 });
    expect(failures).toEqual({ TRAP: 1 });
    expect([bytesIn % 5, bytesIn > 0, bytesOut % 4, bytesOut > 0]).toEqual([0, true, 0, true]);
    expect(times).toMatchObject({
      encode: { count: 5 },
      wait: { count: 5 },
      // A session has one guest for both of its calls.
      instantiate: { count: 4 },
      execute: { count: 5 },
      decode: { count: 4 },
    });
    await plugin.close();
  });

  it("counts a step of an aggregate once, however many guests it takes", async () => {
    await using loader = new ExtismLoader({ isolation });
    const stats = await loader.load(await readFixture("stats"));
    const accumulator = stats.aggregates
      .find(({ name }) => name.local === "weighted_mean")
      ?.createAccumulator();
    await accumulator?.evaluate();
    expect(stats.stats()).toMatchObject({
      calls: { scalar: 0, aggregate: 1 },
      times: { execute: { count: 1 }, decode: { count: 1 } },
    });
    expect(stats.pool.metrics.misses).toBe(2);
  });

  it("goes to uni:call:start and uni:call:end as well, where anybody listens", async () => {
    const { plugin, bump } = await loadCounting({}, isolation);
    const boom = plugin.scalars.find(({ name }) => name.local === "boom");
    const started: CallStarted[] = [];
    const ended: CallEnded[] = [];
    // What the channels publish is of these types.
    const onStart = (message: unknown) => started.push(message as CallStarted);
    const onEnd = (message: unknown) => ended.push(message as CallEnded);
    subscribe("uni:call:start", onStart);
    subscribe("uni:call:end", onEnd);
    try {
      await bump.invoke(one);
      await expect(boom?.invoke(one)).rejects.toMatchObject({ code: "TRAP" });
    } finally {
      unsubscribe("uni:call:start", onStart);
      unsubscribe("uni:call:end", onEnd);
    }
    await bump.invoke(one);
    expect(started.map(({ function: name }) => name)).toEqual([`${bump.name}`, `${boom?.name}`]);
    expect(ended.map(({ call }) => started.indexOf(call))).toEqual([0, 1]);
    expect(ended.map(({ errorCode }) => errorCode)).toEqual([undefined, "TRAP"]);
    for (const message of [...started, ...ended]) expect(Object.isFrozen(message)).toBe(true);
    await plugin.close();
  });
});
