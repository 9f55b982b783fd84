import type { RecordBatch } from "apache-arrow";
import type { PluginFunction } from "../plugin/signature-text.ts";

/** Calls a function once, with all that it takes to get its answer. */
async function callOnce(
  { kind, callee }: PluginFunction,
  rows: RecordBatch,
  signal: AbortSignal,
): Promise<void> {
  if (kind === "scalar") {
    await callee.invoke(rows, { signal });
    return;
  }
  if (kind === "aggregate") {
    const accumulator = callee.createAccumulator();
    await accumulator.update(rows, { signal });
    await accumulator.evaluate({ signal });
    return;
  }
  for await (const _ of callee.invoke(rows, { signal }));
}

const TURN_MS = 50;
const WARM_UP = 5;

/** One of those that take turns. */
export interface Contestant {
  readonly fn: PluginFunction;
  readonly durationsUs: number[];
}

/**
 * Lets functions take turns until the time is up, so that what slows the machine down meanwhile meets
 * all of them. Each has had a call at least.
 */
export async function measure(
  contestants: readonly Contestant[],
  rows: RecordBatch,
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  for (const { fn } of contestants) {
    for (let i = 0; i < WARM_UP; i++) await callOnce(fn, rows, signal);
  }
  const end = performance.now() + seconds * 1000;
  do {
    for (const { fn, durationsUs } of contestants) {
      const turnEnd = performance.now() + TURN_MS;
      do {
        signal.throwIfAborted();
        const start = performance.now();
        await callOnce(fn, rows, signal);
        durationsUs.push((performance.now() - start) * 1000);
      } while (performance.now() < turnEnd);
      // Inline calls never leave the thread: here Ctrl-C is heard.
      await new Promise(setImmediate);
    }
  } while (performance.now() < end);
}
