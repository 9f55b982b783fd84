import type { DuckDBConnection } from "@duckdb/node-api";
import type { ErrorSummary, NamedAirport, Route } from "../report/report.ts";
import { type Row, rowOf, rowsOf } from "./row.ts";

const BIN_PERCENT = 0.1;

/** How far the distances of a table are off. */
export async function measureErrors(
  connection: DuckDBConnection,
  table: string,
): Promise<ErrorSummary> {
  const summary = await rowOf(
    connection,
    `SELECT
       quantile_disc(abs(off_percent), 0.5) AS median,
       quantile_disc(abs(off_percent), 0.99) AS p99,
       avg(abs(off_percent)) AS mean,
       max(abs(off_percent)) AS most,
       avg(off_percent) FILTER (east > north) AS east_west,
       avg(off_percent) FILTER (east <= north) AS north_south
     FROM (
       SELECT
         off_percent,
         abs(o.longitude - d.longitude)
           * cos(radians((o.latitude + d.latitude) / 2)) AS east,
         abs(o.latitude - d.latitude) AS north
       FROM ${table} JOIN flights USING (flight)
       JOIN airports o ON o.iata = origin
       JOIN airports d ON d.iata = destination
     )`,
  );
  const bins = await rowsOf(
    connection,
    `SELECT floor(off_percent / ${BIN_PERCENT})::INTEGER AS bin, count(*) AS flights
     FROM ${table} GROUP BY bin ORDER BY bin`,
  );
  return {
    medianPercent: summary.number("median"),
    meanPercent: summary.number("mean"),
    p99Percent: summary.number("p99"),
    maxPercent: summary.number("most"),
    eastWestPercent: summary.number("east_west"),
    northSouthPercent: summary.number("north_south"),
    bins: bins.map((row) => ({
      fromPercent: row.number("bin") * BIN_PERCENT,
      toPercent: (row.number("bin") + 1) * BIN_PERCENT,
      flights: row.number("flights"),
    })),
  };
}

/** The routes whose flights disagree most on average, both directions as one. */
export async function worstRoutes(
  connection: DuckDBConnection,
  table: string,
  { count, leastFlights }: { readonly count: number; readonly leastFlights: number },
): Promise<Route[]> {
  const rows = await rowsOf(
    connection,
    `SELECT routes.*,
       a.iata AS a_iata, a.name AS a_name, a.city AS a_city,
       a.latitude AS a_latitude, a.longitude AS a_longitude,
       b.iata AS b_iata, b.name AS b_name, b.city AS b_city,
       b.latitude AS b_latitude, b.longitude AS b_longitude
     FROM (
       SELECT
         least(origin, destination) AS one, greatest(origin, destination) AS other,
         count(*) AS flights, avg(miles) AS recorded, avg(km) / 1.609344 AS computed,
         avg(off_percent) AS off
       FROM ${table} JOIN flights USING (flight)
       GROUP BY one, other HAVING count(*) >= ${leastFlights}
     ) AS routes
     JOIN airports a ON a.iata = one
     JOIN airports b ON b.iata = other
     ORDER BY abs(off) DESC, one, other LIMIT ${count}`,
  );
  return rows.map((row) => ({
    from: airportOf(row, "a_"),
    to: airportOf(row, "b_"),
    flights: row.number("flights"),
    recordedMiles: row.number("recorded"),
    computedMiles: row.number("computed"),
    offPercent: row.number("off"),
  }));
}

/** An airport in the columns of a row. */
export function airportOf(row: Row, prefix = ""): NamedAirport {
  return {
    iata: row.text(`${prefix}iata`),
    name: row.text(`${prefix}name`),
    city: row.text(`${prefix}city`),
    latitude: row.number(`${prefix}latitude`),
    longitude: row.number(`${prefix}longitude`),
  };
}
