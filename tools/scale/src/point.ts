import type { Isolation } from "@uni/wasm-rt";
import type { FormatName } from "./plugins/formats.ts";

/** What grows. */
export type AxisName = "plugins" | "callers" | "rows" | "bytes";

/** Where guests run; `modules` is the floor of the memory of plugins: compiled modules, and no loader. */
export type Where = Isolation | "modules";

/** One curve: what grows, for which format, and where its guests run. */
export interface Curve {
  readonly axis: AxisName;
  readonly format: FormatName;
  readonly where: Where;
}

/** How much is done for one point. */
export interface Effort {
  /** How long calls are timed. */
  readonly timedMs: number;
  /** Calls of all callers together, at least. */
  readonly calls: number;
  /** How long nothing is done before memory is read: guest threads collect what their guests left. */
  readonly settleMs: number;
}

/** What the process holds when nothing is under way and everything unreachable was collected. */
export interface Memory {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  readonly externalBytes: number;
  readonly arrayBufferBytes: number;
  /** Address space, most of which is reserved and costs nothing; where the system says it. */
  readonly reservedBytes: number | undefined;
}

/** A point of a curve. */
export interface Point {
  /** How many plugins, callers, rows, or bytes a row. */
  readonly value: number;
  /** The median of a call, or of a load; a call that waits is measured with its waiting. */
  readonly medianMs: number;
  /** Calls, or loads, in a second of the wall clock. */
  readonly perSecond: number;
  /** What one took of the cores, on all threads. */
  readonly cpuMs: number;
  readonly memory: Memory;
  /** The most that the process ever had. */
  readonly peakRssBytes: number;
  /** What the axis counts besides, by what it is and its unit. */
  readonly details: Readonly<Record<string, number>>;
}
