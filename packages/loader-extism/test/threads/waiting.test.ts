import { describe, expect, it } from "vitest";
import { loadHeld, one } from "./held-plugin.ts";

describe("a call over the cap", () => {
  it("waits for its turn, first in and first out", async () => {
    const { plugin, start, underWay, letGo } = await loadHeld({ pool: { maxInstances: 1 } });
    const order: number[] = [];
    const calls = [0, 1, 2, 3].map((i) => start().then(() => order.push(i)));
    for (let done = 0; done < 4; done++) {
      await underWay(1);
      expect(plugin.pool.metrics.live).toBe(1);
      expect(plugin.stats().queued).toBe(3 - done);
      letGo();
      await calls[done];
    }
    expect(order).toEqual([0, 1, 2, 3]);
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 4, exhausted: 0, live: 0 });
  });

  it("is refused at once where as many wait as may, and the others go on", async () => {
    const { plugin, start, underWay, letGo } = await loadHeld({
      pool: { maxInstances: 1 },
      limits: { queuedCalls: 2 },
    });
    const calls = [start(), start(), start()];
    await underWay(1);
    expect(await start()).toMatchObject({
      code: "RESOURCE_LIMIT",
      message: expect.stringContaining("2 calls of ai.example.wat wait already"),
    });
    for (const call of calls) {
      await underWay(1);
      letGo();
      expect(await call).toBe("done");
    }
    expect(plugin.stats().queued).toBe(0);
  });

  it("does not wait longer than it may, and never starts after that", async () => {
    const { plugin, start, underWay, letGo } = await loadHeld({
      pool: { maxInstances: 1 },
      limits: { queueTimeoutMs: 50 },
    });
    const first = start();
    await underWay(1);
    expect(await start()).toMatchObject({
      code: "TIMEOUT",
      message: "ai.example.wat.f did not start within 50 ms: all that could run it was busy",
    });
    letGo();
    expect(await first).toBe("done");
    expect(plugin.pool.metrics).toMatchObject({ misses: 1, live: 0 });
  });

  it("ends by the deadline of its caller, waiting included", async () => {
    const { start, underWay, letGo } = await loadHeld({ pool: { maxInstances: 1 } });
    const first = start();
    await underWay(1);
    expect(await start({ timeoutMs: 30 })).toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("did not start within 30 ms"),
    });
    letGo();
    await first;
  });

  it("never starts once it is aborted, and those behind it move up", async () => {
    const { plugin, start, underWay, letGo } = await loadHeld({ pool: { maxInstances: 1 } });
    const controller = new AbortController();
    const reason = new Error("the user left");
    const first = start();
    await underWay(1);
    const aborted = start({ signal: controller.signal });
    const behind = start();
    controller.abort(reason);
    expect(await aborted).toMatchObject({
      code: "ABORTED",
      message: "ai.example.wat.f was aborted before it started",
      cause: reason,
    });
    letGo();
    await first;
    await underWay(1);
    letGo();
    expect(await behind).toBe("done");
    expect(plugin.pool.metrics.misses).toBe(2);
  });

  it("is refused when its plugin is closed, which waits for the one under way", async () => {
    const { plugin, start, underWay, letGo } = await loadHeld({ pool: { maxInstances: 1 } });
    const first = start();
    await underWay(1);
    const waiting = start();
    let closed = false;
    const closing = plugin.close().then(() => {
      closed = true;
    });
    expect(await waiting).toMatchObject({
      code: "CLOSED",
      message: "ai.example.wat.f had not started when its plugin was closed",
    });
    expect(closed).toBe(false);
    letGo();
    expect(await first).toBe("done");
    await closing;
    expect(await start()).toMatchObject({ code: "CLOSED" });
  });

  it("fails at once where its caller waits for it synchronously", async () => {
    const { plugin, scalar, start, underWay, letGo } = await loadHeld({
      pool: { maxInstances: 1 },
    });
    const first = start();
    await underWay(1);
    expect(() => scalar.invokeSync(one)).toThrow(
      expect.objectContaining({
        code: "RESOURCE_LIMIT",
        message: "instance pool at capacity (1 live)",
      }),
    );
    letGo();
    expect(await first).toBe("done");
    expect(plugin.pool.metrics).toMatchObject({ exhausted: 1, live: 0 });
  });
});

describe("calls of plugins that wait for asynchronous host functions", () => {
  it("leave their cores to others, beyond the number of threads", async () => {
    const { start, underWay, letGo } = await loadHeld({ pool: { maxInstances: 6 } });
    const calls = Array.from({ length: 6 }, () => start());
    await underWay(6);
    letGo();
    expect(await Promise.all(calls)).toEqual(Array(6).fill("done"));
  });
});
