import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createGuest, type Guest, GuestError } from "./guest.ts";

/** What every thread of these tests is given. */
export interface ThreadData {
  readonly counters: SharedArrayBuffer;
  readonly maxInstances: number;
}

export interface TestThread {
  readonly worker: Worker;
  readonly threadId: number;
  /** The thread's next message; throws what the thread threw, or if it ended instead. */
  next(): Promise<unknown>;
  /** Resolves after every listener for the thread's exit has run. */
  readonly exited: Promise<void>;
}

/** Starts a thread from a file of this folder, and terminates it at the end of the test. */
export function startThread<D extends ThreadData>(file: string, workerData: D): TestThread {
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  const messages = on(worker, "message", { close: ["exit"] });
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  onTestFinished(async () => {
    await worker.terminate();
  });
  return {
    worker,
    threadId: worker.threadId,
    exited,
    async next() {
      const { value, done } = await messages.next();
      if (done) throw new Error(`${file} ended without the message that was expected`);
      return value[0];
    },
  };
}

/** A pool on this thread that shares the counters. */
export function sharedPool({
  counters,
  maxInstances,
}: ThreadData): InstancePool<Guest, GuestError> {
  return new InstancePool({ maxInstances }, createGuest, GuestError, { counters });
}

/** A word that threads wait on. */
export function createGate(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** Opens a gate, to all who wait at it and all who will. */
export function open(gate: Int32Array): void {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}
