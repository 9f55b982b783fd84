import type { PoolMetrics } from "@uni/wasm-rt";
import type { AirportPair, DistanceComparison } from "./distance-comparison.ts";

/** What a run of the job found. */
export interface RunSummary {
  readonly comparison: DistanceComparison;
  /** Flights in the data. */
  readonly flights: number;
  readonly airports: ReadonlyMap<number, string>;
  readonly elapsedMs: number;
  readonly pool: PoolMetrics;
  readonly guestBytes: number;
  readonly peakMemoryBytes: number;
}

const count = (n: number) => Math.round(n).toLocaleString("en");
const percent = (n: number) => `${n.toFixed(2)} %`;

/** The table that the job ends with. */
export function reportText(run: RunSummary): string {
  const { comparison, pool } = run;
  const rows: [string, string][] = [
    ["flights", `${count(comparison.flights)} of ${count(run.flights)}`],
    ["rows/s", count(comparison.flights / (run.elapsedMs / 1000))],
    ["mean difference", percent(comparison.meanPercent())],
    ["99th percentile", percent(comparison.percentilePercent(0.99))],
    [
      "pool",
      `hits ${pool.hits}, misses ${pool.misses}, exhausted ${pool.exhausted}, live ${pool.live}`,
    ],
    ["guest", `${count(run.guestBytes)} bytes, a fresh instance for each of ${pool.misses} calls`],
    ["peak memory", `${count(run.peakMemoryBytes / 2 ** 20)} MiB`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  return [...lines, "", ...pairLines(comparison.worstPairs(5), run.airports), ""].join("\n");
}

function pairLines(pairs: readonly AirportPair[], airports: ReadonlyMap<number, string>): string[] {
  const cells = pairs.map((pair) => [
    `${airports.get(pair.first)} – ${airports.get(pair.second)}`,
    count(pair.recordedMiles),
    pair.computedMiles.toFixed(1),
    percent(pair.differencePercent),
    count(pair.flights),
  ]);
  const all = [
    ["airports that disagree most", "recorded mi", "computed mi", "off", "flights"],
    ...cells,
  ];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  "),
  );
}
