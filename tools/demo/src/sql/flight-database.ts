import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Airport } from "../report/report.ts";
import { rowOf, rowsOf } from "./row.ts";

/**
 * Three million flights of 2001 in the United States, in memory.
 *
 * - `flights`: `flight` (unique), `date`, `delay` in minutes, `miles` as the airline recorded them,
 *   `origin` and `destination` (IATA codes);
 * - `airports`: `iata`, `name`, `city`, `latitude` and `longitude` in degrees.
 */
export class FlightDatabase implements Disposable {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly flights: number;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, flights: number) {
    this.instance = instance;
    this.connection = connection;
    this.flights = flights;
  }

  static async open(): Promise<FlightDatabase> {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    // Without the setting, DuckDB does not say how far a query is.
    await connection.run(`
      SET enable_progress_bar = true; SET enable_progress_bar_print = false;
      CREATE TABLE flights AS
        SELECT file_row_number AS flight, date, delay, distance AS miles, origin, destination
        FROM read_parquet('${dataFile("flights-3m.parquet")}', file_row_number = true);
      CREATE TABLE airports AS
        SELECT iata, name, coalesce(city, name) AS city, latitude, longitude
        FROM read_csv('${dataFile("airports.csv")}');
    `);
    const counted = await rowOf(connection, "SELECT count(*) AS flights FROM flights");
    return new FlightDatabase(instance, connection, counted.number("flights"));
  }

  async airports(): Promise<Airport[]> {
    const rows = await rowsOf(
      this.connection,
      `SELECT iata, latitude, longitude, iata IN (SELECT origin FROM flights) AS served
       FROM airports ORDER BY iata`,
    );
    return rows.map((row) => ({
      iata: row.text("iata"),
      latitude: row.number("latitude"),
      longitude: row.number("longitude"),
      served: row.flag("served"),
    }));
  }

  [Symbol.dispose](): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

function dataFile(name: string): string {
  const entry = createRequire(import.meta.url).resolve("vega-datasets");
  return join(dirname(entry), "..", "data", name).replaceAll("'", "''");
}
