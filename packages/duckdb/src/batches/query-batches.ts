import type { DuckDBConnection } from "@duckdb/node-api";
import type { RecordBatch } from "apache-arrow";

/** The rows of a query as Arrow record batches, as DuckDB produces them. */
export async function* queryBatches(
  connection: DuckDBConnection,
  sql: string,
): AsyncGenerator<RecordBatch> {
  await connection.run(sql);
  throw new Error("not yet");
}
