import type { DuckDBConnection } from "@duckdb/node-api";
import type { AirportDelays, DelaySummary } from "../report/report.ts";
import { type Row, rowsOf } from "./row.ts";

/** How far apart two sums of the same numbers in another order may be, as a share of them. */
const TOLERANCE = 1e-9;

const byAirport = (columns: string) => `
  SELECT origin AS iata, any_value(name) AS name, count(*) AS flights, ${columns}
  FROM busy JOIN airports ON iata = origin
  GROUP BY origin ORDER BY flights DESC, origin`;

const weighted = (name: string, weight: string) =>
  `ai_example_stats_${name}(list(delay::DOUBLE), list(${weight}::DOUBLE))`;

/**
 * Delays of the flights from the busiest airports, by the aggregates of the plugin `ai.example.stats`;
 * and how many of the values are not those of DuckDB's own aggregates.
 */
export async function aggregateDelays(
  connection: DuckDBConnection,
  airports: number,
): Promise<DelaySummary> {
  await connection.run(`CREATE TEMP TABLE busy AS FROM flights WHERE origin IN (
    SELECT origin FROM flights GROUP BY origin ORDER BY count(*) DESC, origin LIMIT ${airports})`);
  const started = performance.now();
  const computed = await rowsOf(
    connection,
    byAirport(
      `${weighted("weighted_mean", "miles")} AS mean,
       sqrt(${weighted("weighted_variance", "1")}) AS deviation,
       ${weighted("quantile", "0.5")} AS median,
       ${weighted("quantile", "0.95")} AS p95`,
    ),
  );
  const queryMs = performance.now() - started;
  const expected = await rowsOf(
    connection,
    byAirport(
      `sum(delay * miles) / sum(miles) AS mean,
       stddev_pop(delay) AS deviation,
       quantile_cont(delay, 0.5) AS median,
       quantile_cont(delay, 0.95) AS p95`,
    ),
  );
  await connection.run("DROP TABLE busy");
  const delays = computed.map(delaysOf);
  const pairs = expected.map(delaysOf).flatMap((own, i) => {
    const ours = delays[i];
    return valuesOf(own).map((value, at) => [value, ours && valuesOf(ours)[at]] as const);
  });
  return {
    airports: delays,
    differingValues: pairs.filter(([own, ours]) => !isClose(own, ours)).length,
    values: pairs.length,
    queryMs,
    flights: delays.reduce((sum, { flights }) => sum + flights, 0),
  };
}

function delaysOf(row: Row): AirportDelays {
  return {
    iata: row.text("iata"),
    name: row.text("name"),
    flights: row.number("flights"),
    meanMinutes: row.number("mean"),
    deviationMinutes: row.number("deviation"),
    medianMinutes: row.number("median"),
    p95Minutes: row.number("p95"),
  };
}

const valuesOf = (delays: AirportDelays): number[] => [
  delays.meanMinutes,
  delays.deviationMinutes,
  delays.medianMinutes,
  delays.p95Minutes,
];

function isClose(own: number, ours: number | undefined): boolean {
  return ours !== undefined && Math.abs(own - ours) <= TOLERANCE * Math.max(1, Math.abs(own));
}
