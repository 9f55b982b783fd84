import { threadId as ownThreadId, type Worker } from "node:worker_threads";
import { requireInteger } from "./pool-config.ts";
import { holderOf, nextWord, openCounters, ownerOf, TOTAL } from "./pool-counters.ts";
import { PoolError } from "./pool-error.ts";

/**
 * Frees every slot that a worker thread still holds when it exits, whatever ended it: a terminated
 * thread runs no `finally`. Call it on the thread that started the worker, right after it did.
 *
 * A worker that starts workers of its own takes them with it, and nobody sees those exits: start
 * every thread that shares the counters from one thread.
 *
 * Throws `PoolError` (`POOL_CONFIG`) if `counters` is no counter buffer or the worker has exited.
 *
 * @example
 * ```ts
 * const worker = new Worker(url, { workerData: { counters } });
 * returnSlotsOnExit(counters, worker);
 * ```
 */
export function returnSlotsOnExit(counters: SharedArrayBuffer, worker: Worker): void {
  openCounters(counters);
  const { threadId } = worker; // -1 once the worker has exited
  if (threadId < 0) {
    throw new PoolError(
      "POOL_CONFIG",
      "the worker has exited, and its thread id is gone; call returnSlotsOnExit() when you start it",
    );
  }
  // Node.js emits this after it has joined the thread, so nothing of it runs any more.
  worker.once("exit", () => returnSlots(counters, threadId));
}

/**
 * Frees every slot that a thread holds, and returns how many they were. Only for a thread that has
 * exited: a live one would go on using instances that no cap counts.
 *
 * Throws `PoolError` (`POOL_CONFIG`) if `counters` is no counter buffer, or `threadId` is no thread id
 * or the caller's own.
 *
 * @example
 * ```ts
 * const { threadId } = worker;
 * await worker.terminate();
 * const freed = returnSlots(counters, threadId);
 * ```
 */
export function returnSlots(counters: SharedArrayBuffer, threadId: number): number {
  const { slots, totals } = openCounters(counters);
  requireInteger("threadId", threadId, 0, Number.MAX_SAFE_INTEGER);
  if (threadId === ownThreadId) {
    throw new PoolError(
      "POOL_CONFIG",
      `thread ${threadId} is the caller, which is alive; release its instances instead`,
    );
  }
  const owner = ownerOf(threadId);
  let freed = 0;
  for (let slot = 0; slot < slots.length; slot++) {
    const word = Atomics.load(slots, slot);
    if (holderOf(word) !== owner) continue;
    Atomics.add(totals, TOTAL.withdrawn, 1n);
    if (Atomics.compareExchange(slots, slot, word, nextWord(word, 0)) === word) freed++;
  }
  return freed;
}
