import { expect, test } from "vitest";
import { createPoolCounters } from "../../src/pool/pool-counters.ts";
import { createGate, open, sharedPool, startThread } from "./threads.ts";

test("lets exactly 4 of 32 threads through a cap of 4", async () => {
  const gate = createGate();
  const data = { counters: createPoolCounters(), maxInstances: 4, gate };
  const threads = Array.from({ length: 32 }, () => startThread("./contender.worker.ts", data));
  const ready = await Promise.all(threads.map((thread) => thread.next()));
  expect(ready).toEqual(Array(32).fill("ready"));
  open(gate);
  const outcomes = await Promise.all(threads.map((thread) => thread.next()));
  expect(outcomes.sort()).toEqual([
    ...Array(28).fill("GuestError RESOURCE_LIMIT: instance pool at capacity (4 live)"),
    ...Array(4).fill("acquired"),
  ]);
  expect(sharedPool(data).metrics).toEqual({ hits: 0, misses: 4, exhausted: 28, live: 4 });
}, 60_000);

test("runs the factories of two threads at the same time", async () => {
  const met = createGate();
  const data = { counters: createPoolCounters(), maxInstances: 2, met };
  const threads = [0, 1].map(() => startThread("./rendezvous.worker.ts", data));
  expect(await Promise.all(threads.map((thread) => thread.next()))).toEqual(["met", "met"]);
  expect(sharedPool(data).metrics).toEqual({ hits: 0, misses: 2, exhausted: 0, live: 0 });
}, 60_000);

// Where all threads together never want more than the cap, a free slot exists at every instant in
// which one of them asks, so that even one refusal is wrong. Long tables make long scans, which much
// can change behind.
test.each([
  { threads: 2, mostHeld: 1, maxInstances: 2, rounds: 200_000 },
  { threads: 2, mostHeld: 2, maxInstances: 4, rounds: 200_000 },
  { threads: 2, mostHeld: 128, maxInstances: 256, rounds: 100_000 },
  { threads: 2, mostHeld: 512, maxInstances: 1024, rounds: 100_000 },
  { threads: 4, mostHeld: 64, maxInstances: 256, rounds: 50_000 },
])(
  "never refuses $threads threads that hold $mostHeld each at a cap of $maxInstances",
  async (load) => {
    const { acquired, refused, mostInside, metrics } = await hammer(load);
    expect(refused).toBe(0);
    expect(mostInside).toBeLessThanOrEqual(load.maxInstances);
    expect(metrics).toEqual({ hits: 0, misses: acquired, exhausted: 0, live: 0 });
  },
  60_000,
);

test.each([
  { threads: 4, mostHeld: 2, maxInstances: 1, rounds: 50_000 },
  { threads: 4, mostHeld: 2, maxInstances: 3, rounds: 50_000 },
])(
  "never lets more than $maxInstances out while $threads threads ask for $mostHeld each",
  async (load) => {
    const { acquired, refused, mostInside, metrics } = await hammer(load);
    expect(mostInside).toBeLessThanOrEqual(load.maxInstances);
    expect(metrics).toEqual({ hits: 0, misses: acquired, exhausted: refused, live: 0 });
  },
  60_000,
);

async function hammer(load: {
  threads: number;
  mostHeld: number;
  maxInstances: number;
  rounds: number;
}) {
  const gate = createGate();
  const data = { ...load, counters: createPoolCounters(), gate, inside: createGate() };
  const threads = Array.from({ length: load.threads }, (_, index) =>
    startThread("./hammer.worker.ts", { ...data, seed: index + 1 }),
  );
  for (const thread of threads) expect(await thread.next()).toBe("ready");
  open(gate);
  let [acquired, refused, mostInside] = [0, 0, 0];
  for (const thread of threads) {
    const seen = (await thread.next()) as typeof counts; // hammer.worker.ts posts these
    acquired += seen.acquired;
    refused += seen.refused;
    mostInside = Math.max(mostInside, seen.mostInside);
  }
  const counts = { acquired, refused, mostInside };
  return { ...counts, metrics: sharedPool(data).metrics };
}
