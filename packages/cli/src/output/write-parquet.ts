import type { RecordBatch } from "apache-arrow";
import { openDatabase } from "../files/database.ts";
import { sqlText } from "../files/sql-text.ts";

/** Writes batches as a Parquet file, which holds them in DuckDB until the last has come. */
export async function writeParquet(
  batches: AsyncIterable<RecordBatch>,
  path: string,
): Promise<void> {
  await using database = await openDatabase("writing Parquet");
  await database.createTable("result", batches);
  await database.connection.run(`COPY result TO ${sqlText(path)} (FORMAT parquet)`);
}
