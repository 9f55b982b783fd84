import { monitorEventLoopDelay } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import { pause } from "../patience.ts";

const MEBIBYTE = 2 ** 20;
const RESOLUTION_MS = 5;
// Looks at the memory of the process also while its main thread is held.
const SAMPLER = `
  const { workerData } = require("node:worker_threads");
  const most = new Int32Array(workerData);
  setInterval(() => {
    const now = Math.ceil(process.memoryUsage.rss() / ${MEBIBYTE});
    if (now > Atomics.load(most, 0)) Atomics.store(most, 0, now);
  }, 5);`;

/** What something cost the process. */
export interface ProcessCost {
  readonly elapsedMs: number;
  /** How much the resident memory grew, at its most. */
  readonly grownMiB: number;
  /** The longest that the event loop was held. */
  readonly heldMs: number;
}

/** Watches the process while something runs. */
export class ProcessWatch implements AsyncDisposable {
  readonly #mostMiB = new Int32Array(new SharedArrayBuffer(4));
  readonly #sampler = new Worker(SAMPLER, { eval: true, workerData: this.#mostMiB.buffer });

  constructor() {
    this.#sampler.unref();
  }

  async cost(body: () => unknown): Promise<ProcessCost> {
    const before = Math.ceil(process.memoryUsage.rss() / MEBIBYTE);
    Atomics.store(this.#mostMiB, 0, before);
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    // It measures from its first tick on; who holds the loop before that would not be seen.
    await pause(2 * RESOLUTION_MS);
    const start = performance.now();
    await body();
    const elapsedMs = performance.now() - start;
    // Whoever held the loop to the end did so before the next tick, and may have left memory behind.
    await pause(2 * RESOLUTION_MS);
    delay.disable();
    return {
      elapsedMs,
      grownMiB: Atomics.load(this.#mostMiB, 0) - before,
      heldMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sampler.terminate();
  }
}
