import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { Float64, makeData, RecordBatch } from "apache-arrow";

/** One Arrow batch of flights: what the plugin gets, and what the answer is compared with. */
export interface FlightBatch {
  /** `lat1, lon1, lat2, lon2` in degrees. */
  readonly coordinates: RecordBatch;
  /** Distance that the airline recorded, in statute miles. */
  readonly recordedMiles: Float64Array;
  /** Rows of the airport table. */
  readonly origins: Int32Array;
  readonly destinations: Int32Array;
}

const COORDINATES = ["lat1", "lon1", "lat2", "lon2"] as const;

/** Three million flights of 2001 in the United States, joined with their airports by DuckDB. */
export class FlightSource implements Disposable {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  /** Flights in the data, those of airports without coordinates included. */
  readonly flights: number;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, flights: number) {
    this.#instance = instance;
    this.#connection = connection;
    this.flights = flights;
  }

  static async open(): Promise<FlightSource> {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`
      CREATE VIEW flights AS SELECT * FROM read_parquet('${dataFile("flights-3m.parquet")}');
      CREATE TABLE airports AS
        SELECT row_number() OVER () ::INTEGER AS id, iata, name, latitude, longitude
        FROM read_csv('${dataFile("airports.csv")}');
    `);
    const [[count] = []] = (
      await connection.runAndReadAll("SELECT count(*) FROM flights")
    ).getRows();
    return new FlightSource(instance, connection, Number(count));
  }

  /** IATA code and name of each airport, by its row in the airport table. */
  async airports(): Promise<ReadonlyMap<number, string>> {
    const result = await this.#connection.runAndReadAll("SELECT id, iata, name FROM airports");
    return new Map(result.getRows().map(([id, iata, name]) => [Number(id), `${iata} ${name}`]));
  }

  /** The joined flights in batches of about `batchRows`, as DuckDB produces them. */
  async *batches(batchRows: number): AsyncGenerator<FlightBatch> {
    const result = await this.#connection.stream(`
      SELECT o.latitude, o.longitude, d.latitude, d.longitude, f.distance::DOUBLE, o.id, d.id
      FROM flights f
      JOIN airports o ON o.iata = f.origin
      JOIN airports d ON d.iata = f.destination
    `);
    let columns = emptyColumns(batchRows);
    let rows = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      const chunkRows = chunk?.rowCount ?? 0;
      if (rows > 0 && (chunkRows === 0 || rows + chunkRows > batchRows)) {
        yield toBatch(columns, rows);
        columns = emptyColumns(batchRows);
        rows = 0;
      }
      if (chunk === null || chunkRows === 0) return;
      for (const [i, column] of columns.entries()) {
        const vector = chunk.getColumnVector(i);
        for (let row = 0; row < chunkRows; row++) column[rows + row] = Number(vector.getItem(row));
      }
      rows += chunkRows;
    }
  }

  [Symbol.dispose](): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

function dataFile(name: string): string {
  const entry = createRequire(import.meta.url).resolve("vega-datasets");
  return join(dirname(entry), "..", "data", name).replaceAll("'", "''");
}

function emptyColumns(rows: number): Float64Array[] {
  return Array.from({ length: COORDINATES.length + 3 }, () => new Float64Array(rows));
}

function toBatch(columns: readonly Float64Array[], rows: number): FlightBatch {
  const column = (i: number) => (columns[i] ?? new Float64Array(rows)).subarray(0, rows);
  const coordinates = COORDINATES.map((name, i) => {
    return [name, makeData({ type: new Float64(), length: rows, data: column(i) })] as const;
  });
  return {
    coordinates: new RecordBatch(Object.fromEntries(coordinates)),
    recordedMiles: column(COORDINATES.length),
    origins: Int32Array.from(column(COORDINATES.length + 1)),
    destinations: Int32Array.from(column(COORDINATES.length + 2)),
  };
}
