import { setTimeout as delay } from "node:timers/promises";
import { threadId as ownThreadId } from "node:worker_threads";
import { expect, test } from "vitest";
import { createPoolCounters } from "../../src/pool/pool-counters.ts";
import { PoolError } from "../../src/pool/pool-error.ts";
import { returnSlots, returnSlotsOnExit } from "../../src/pool/return-slots.ts";
import { createGate, open, sharedPool, startThread, type TestThread } from "./threads.ts";

test.each(["spin", "spin in the factory"])(
  "frees what a thread held that was terminated in a %s",
  async (end) => {
    const data = { counters: createPoolCounters(), maxInstances: 4, held: 3, end };
    const pool = sharedPool(data);
    const mine = pool.acquire();
    const thread = startThread("./holder.worker.ts", data);
    returnSlotsOnExit(data.counters, thread.worker);
    expect(await thread.next()).toBe("holding");
    expect(() => pool.acquire()).toThrow("instance pool at capacity (4 live)");
    await thread.worker.terminate();
    await thread.exited;
    expect(pool.metrics).toMatchObject({ exhausted: 1, live: 1 });
    pool.release(mine);
    for (let i = 0; i < 4; i++) pool.acquire();
  },
  60_000,
);

test.each(["throw", "exit", "return"])(
  "frees what a thread held that ended by itself: %s",
  async (end) => {
    const data = { counters: createPoolCounters(), maxInstances: 2, held: 2, end };
    const pool = sharedPool(data);
    const thread = startThread("./holder.worker.ts", data);
    returnSlotsOnExit(data.counters, thread.worker);
    expect(await thread.next()).toBe("holding");
    thread.worker.postMessage("end");
    await thread.exited;
    expect(pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 0, live: 0 });
  },
  60_000,
);

test("leaves the slots of living threads alone", async () => {
  const data = { counters: createPoolCounters(), maxInstances: 5, held: 2, end: "spin" };
  const pool = sharedPool(data);
  const mine = pool.acquire();
  const threads = [0, 1].map(() => startThread("./holder.worker.ts", data));
  const [dying, living] = threads as [TestThread, TestThread]; // two were started
  for (const thread of threads) expect(await thread.next()).toBe("holding");
  await dying.worker.terminate();
  expect(pool.metrics.live).toBe(5);
  expect(returnSlots(data.counters, dying.threadId)).toBe(2);
  expect(returnSlots(data.counters, dying.threadId)).toBe(0);
  expect(pool.metrics.live).toBe(3);
  await living.worker.terminate();
  expect(returnSlots(data.counters, living.threadId)).toBe(2);
  pool.release(mine);
  expect(pool.metrics.live).toBe(0);
}, 60_000);

test("does not let a thread that was given up too early free the slot of another", async () => {
  const data = { counters: createPoolCounters(), maxInstances: 1, held: 1, end: "release" };
  const pool = sharedPool(data);
  const thread = startThread("./holder.worker.ts", data);
  expect(await thread.next()).toBe("holding");
  expect(returnSlots(data.counters, thread.threadId)).toBe(1);
  const mine = pool.acquire();
  thread.worker.postMessage("release");
  expect(await thread.next()).toBe("released");
  expect(pool.metrics.live).toBe(1);
  pool.release(mine);
  expect(pool.metrics.live).toBe(0);
}, 60_000);

test("loses no slot to threads that are killed in the midst of acquiring and releasing", async () => {
  const gate = createGate();
  const data = { counters: createPoolCounters(), maxInstances: 3, gate, inside: createGate() };
  const load = { ...data, rounds: Number.POSITIVE_INFINITY, mostHeld: 2 };
  const pool = sharedPool(data);
  open(gate);
  let waiting: TestThread[] = [];
  for (let kill = 0; kill < 20; kill++) {
    while (waiting.length < 3) {
      const thread = startThread("./hammer.worker.ts", {
        ...load,
        seed: 1 + kill * 3 + waiting.length,
      });
      returnSlotsOnExit(data.counters, thread.worker);
      waiting.push(thread);
    }
    const [victim, ...others] = waiting as [TestThread, ...TestThread[]]; // three, from above
    expect(await victim.next()).toBe("ready");
    await delay(kill % 4);
    await victim.worker.terminate();
    await victim.exited;
    waiting = others;
  }
  const { misses } = pool.metrics;
  expect(misses).toBeGreaterThan(0);
  for (const thread of waiting) await thread.worker.terminate();
  for (const thread of waiting) await thread.exited;
  expect(pool.metrics.live).toBe(0);
  for (let i = 0; i < 3; i++) pool.acquire();
  expect(() => pool.acquire()).toThrow("instance pool at capacity (3 live)");
}, 60_000);

test("refuses to free the slots of the thread that asks", () => {
  const counters = createPoolCounters();
  const pool = sharedPool({ counters, maxInstances: 1 });
  pool.acquire();
  expect(() => returnSlots(counters, ownThreadId)).toThrow(
    new PoolError(
      "POOL_CONFIG",
      `thread ${ownThreadId} is the caller, which is alive; release its instances instead`,
    ),
  );
  expect(pool.metrics.live).toBe(1);
});

test.each([-1, 0.5, Number.NaN])("refuses %d for a thread id", (threadId) => {
  expect(() => returnSlots(createPoolCounters(), threadId)).toThrow("threadId must be an integer");
});

test("refuses counters that are none before a thread has a chance to exit", () => {
  const data = { counters: createPoolCounters(), maxInstances: 1, held: 1, end: "spin" };
  const { worker } = startThread("./holder.worker.ts", data);
  expect(() => returnSlotsOnExit(new SharedArrayBuffer(64), worker)).toThrow(
    "counters must be a buffer made by createPoolCounters(), not [SharedArrayBuffer]",
  );
});

test("refuses a worker that has exited, since its thread id is gone", async () => {
  const data = { counters: createPoolCounters(), maxInstances: 1, held: 1, end: "spin" };
  const { worker } = startThread("./holder.worker.ts", data);
  await worker.terminate();
  expect(() => returnSlotsOnExit(data.counters, worker)).toThrow(
    "the worker has exited, and its thread id is gone; call returnSlotsOnExit() when you start it",
  );
}, 60_000);
