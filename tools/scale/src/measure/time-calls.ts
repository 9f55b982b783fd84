import { quantile } from "@uni/bench";
import type { Effort } from "../point.ts";

const LEAST_CALLS = 3;
const MOST_CALLS = 500;

export interface Times {
  readonly medianMs: number;
  readonly perSecond: number;
  /** What a call took of the cores, on all threads; other programs on the machine change it little. */
  readonly cpuMs: number;
}

/** The times of calls one after the other; the first one, which compiles and starts, is not counted. */
export async function timeCalls({ timedMs }: Effort, call: () => Promise<void>): Promise<Times> {
  await call();
  const timesMs: number[] = [];
  const start = performance.now();
  const cpu = process.cpuUsage();
  while (
    timesMs.length < LEAST_CALLS ||
    (timesMs.length < MOST_CALLS && performance.now() - start < timedMs)
  ) {
    const before = performance.now();
    await call();
    timesMs.push(performance.now() - before);
  }
  const calls = timesMs.length;
  return {
    medianMs: quantile(timesMs, 0.5),
    perSecond: rate(calls, start),
    cpuMs: cpuMsSince(cpu) / calls,
  };
}

/** @param before as `process.cpuUsage()` said it. */
export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param start as `performance.now()` said it. */
export const rate = (count: number, start: number): number =>
  (1000 * count) / (performance.now() - start);
