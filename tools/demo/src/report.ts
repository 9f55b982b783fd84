import type { PoolMetrics } from "@uni/wasm-rt";
import type { DistanceComparison, Route } from "./distance-comparison.ts";

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
  return [...lines, "", ...routeLines(comparison.worstRoutes(5), run.airports), ""].join("\n");
}

function routeLines(routes: readonly Route[], airports: ReadonlyMap<number, string>): string[] {
  const cells = routes.map((route) => [
    `${airports.get(route.origin)} – ${airports.get(route.destination)}`,
    count(route.recordedMiles),
    route.computedMiles.toFixed(1),
    percent(route.differencePercent),
    count(route.flights),
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
