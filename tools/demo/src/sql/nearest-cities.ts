import type { DuckDBConnection } from "@duckdb/node-api";
import type { NearestCities } from "../report/report.ts";
import { airportOf } from "./measure-errors.ts";
import { rowOf, rowsOf } from "./row.ts";

/** The cities nearest to the busiest airport, by the plugin's procedure as a table function. */
export async function nearestCities(
  connection: DuckDBConnection,
  count: number,
): Promise<NearestCities> {
  const airport = airportOf(
    await rowOf(
      connection,
      `SELECT iata, name, city, latitude, longitude FROM airports WHERE iata = (
         SELECT origin FROM flights GROUP BY origin ORDER BY count(*) DESC, origin LIMIT 1)`,
    ),
  );
  const rows = await rowsOf(
    connection,
    `SELECT yield0 AS name, yield1 AS latitude, yield2 AS longitude, yield3 AS km
     FROM ai_example_geo_nearest(
       ${airport.latitude}::DOUBLE, ${airport.longitude}::DOUBLE, ${count}::INTEGER)`,
  );
  const cities = rows.map((row) => ({
    name: row.text("name"),
    latitude: row.number("latitude"),
    longitude: row.number("longitude"),
    km: row.number("km"),
  }));
  return { airport, cities };
}
