import type { AxisName, Point } from "../point.ts";

/** What is shown of each point of an axis: a column of its table, and a chart of its curves. */
export interface Quantity {
  readonly name: string;
  readonly unit: string;
  readonly read: (point: Point) => number | undefined;
}

const detail =
  (name: string, scale = 1) =>
  ({ details }: Point): number | undefined => {
    const value = details[name];
    return value === undefined ? undefined : value * scale;
  };
const MIB = 2 ** -20;
const KIB = 2 ** -10;

const AT_REST: Quantity = {
  name: "RSS at rest",
  unit: "MiB",
  read: ({ memory }) => memory.rssBytes * MIB,
};
const PEAK: Quantity = {
  name: "peak RSS",
  unit: "MiB",
  read: ({ peakRssBytes }) => peakRssBytes * MIB,
};
const OUTSIDE: Quantity = {
  name: "buffers at rest",
  unit: "MiB",
  read: ({ memory }) => memory.arrayBufferBytes * MIB,
};
const HEAP: Quantity = {
  name: "heap at rest",
  unit: "MiB",
  read: ({ memory }) => memory.heapUsedBytes * MIB,
};
/** Of all threads, so that it is more than the time where two work at once. */
const cpu = (name: string): Quantity => ({ name, unit: "ms", read: ({ cpuMs }) => cpuMs });
const call = (name: string): Quantity => ({ name, unit: "ms", read: ({ medianMs }) => medianMs });

export const VALUE_NAMES: Readonly<Record<AxisName, string>> = {
  plugins: "plugins loaded",
  callers: "callers at once",
  rows: "rows a batch",
  bytes: "bytes a row",
};

export const QUANTITIES: Readonly<Record<AxisName, readonly Quantity[]>> = {
  plugins: [
    { name: "idle, each", unit: "KiB", read: detail("idlePerPluginBytes", KIB) },
    AT_REST,
    HEAP,
    {
      name: "address space",
      unit: "GiB",
      read: ({ memory }) =>
        memory.reservedBytes === undefined ? undefined : memory.reservedBytes * 2 ** -30,
    },
    call("load"),
    cpu("CPU of a load"),
    { name: "CPU of a call", unit: "ms", read: detail("callCpuMs") },
  ],
  callers: [
    { name: "cost of a call", unit: "ms", read: detail("msPerCall") },
    cpu("CPU of a call"),
    call("waiting included"),
    { name: "99 % within", unit: "ms", read: detail("p99Ms") },
    AT_REST,
    PEAK,
    HEAP,
  ],
  rows: [
    call("call"),
    cpu("CPU of a call"),
    { name: "CPU of a row", unit: "ns", read: detail("nsPerRow") },
    AT_REST,
    PEAK,
    OUTSIDE,
  ],
  bytes: [
    call("call"),
    cpu("CPU of a call"),
    { name: "CPU of a row", unit: "ns", read: detail("nsPerRow") },
    { name: "CPU of a byte", unit: "ns", read: detail("nsPerByte") },
    AT_REST,
    PEAK,
  ],
};

/** Three digits that count. */
export function figure(value: number | undefined): string {
  if (value === undefined) return "";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
  return value === 0 ? "0" : Number(value.toPrecision(3)).toString();
}
