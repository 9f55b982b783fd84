import type { DuckDBConnection } from "@duckdb/node-api";
import { rowOf } from "./row.ts";

/** The table of the distances that everything else is measured by. */
export const DISTANCES = "distances";

const COORDINATES = ["o.latitude", "o.longitude", "d.latitude", "d.longitude"] as const;

/** The plugin's function over the coordinates of two airports. */
export const PLUGIN_KM: string = `ai_example_geo_haversine(${COORDINATES.join(", ")})`;

/** The same formula in DuckDB's arithmetic, on a sphere of the Earth's mean radius in kilometres. */
export const OWN_KM: string = `2 * 6371.0088 * asin(sqrt(least(1,
  sin(radians(d.latitude - o.latitude) / 2) ** 2 + cos(radians(o.latitude))
  * cos(radians(d.latitude)) * sin(radians(d.longitude - o.longitude) / 2) ** 2)))`;

/** What computing a table of distances took. */
export interface Computed {
  readonly flights: number;
  readonly queryMs: number;
}

/**
 * Fills a table with every flight, how far its airports are apart, and how far that is off what the
 * airline recorded, in percent. It is one query.
 *
 * @param km an expression over the airports `o` and `d`.
 */
export async function computeDistances(
  connection: DuckDBConnection,
  table: string,
  km: string,
): Promise<Computed> {
  const started = performance.now();
  await connection.run(`
    CREATE TABLE ${table} AS
    SELECT flight, km, 100 * (km / 1.609344 - miles) / miles AS off_percent
    FROM (
      SELECT flight, miles, ${km} AS km
      FROM flights
      JOIN airports o ON o.iata = origin
      JOIN airports d ON d.iata = destination
    )`);
  const queryMs = performance.now() - started;
  const counted = await rowOf(connection, `SELECT count(km) AS flights FROM ${table}`);
  return { flights: counted.number("flights"), queryMs };
}

/** How many flights have not the same distance in both tables, to the last bit. */
export async function countDiffering(
  connection: DuckDBConnection,
  table: string,
  other: string,
): Promise<number> {
  const sql = `SELECT count(*) AS differing
    FROM ${table} FULL JOIN ${other} USING (flight)
    WHERE ${table}.km IS DISTINCT FROM ${other}.km`;
  return (await rowOf(connection, sql)).number("differing");
}
