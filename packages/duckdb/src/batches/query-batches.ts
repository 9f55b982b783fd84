import type { DuckDBConnection, DuckDBType } from "@duckdb/node-api";
import { PluginError, toArrowType, type ValueType } from "@uni/plugin";
import { Field, makeData, type RecordBatch, Schema } from "apache-arrow";
import { bindings } from "../client/bindings.ts";
import { batchOf } from "../functions/batch-of.ts";
import { wireType } from "../types/sql-type.ts";
import { readColumn } from "../vectors/read-column.ts";

/**
 * Runs a query and gives its rows as Arrow batches of at most 2048 rows, as DuckDB produces them; at
 * least one, which may be empty. Columns have the names of the query's, and are copies.
 *
 * Another query on the same connection ends this one early: use a connection of its own.
 *
 * @throws PluginError `ARGUMENTS_INVALID` where a column is of a type that plugins do not have.
 */
export async function* queryBatches(
  connection: DuckDBConnection,
  sql: string,
): AsyncGenerator<RecordBatch> {
  const result = await connection.stream(sql);
  const names = result.deduplicatedColumnNames();
  const types = result.columnTypes().map((type, i) => columnType(names[i] ?? "", type));
  const fields = types.map((type, i) => new Field(names[i] ?? "", toArrowType(type), true));
  const schema = new Schema(fields);
  let batches = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    const rows = chunk?.rowCount ?? 0;
    if (chunk === null || rows === 0) break;
    batches += 1;
    yield batchOf(
      schema,
      rows,
      types.map((type, i) =>
        readColumn(bindings.data_chunk_get_vector(chunk.chunk, i), rows, type),
      ),
    );
  }
  // Whoever reads no rows still learns the columns.
  if (batches === 0) {
    const columns = types.map((type) => makeData({ type: toArrowType(type), length: 0 }));
    yield batchOf(schema, 0, columns);
  }
}

function columnType(name: string, type: DuckDBType): ValueType {
  const known = wireType(type);
  if (known !== undefined) return known;
  throw new PluginError(
    "ARGUMENTS_INVALID",
    `the column ${name} is of ${type}, which is no type of the wire contract; cast it, to DOUBLE, BIGINT or VARCHAR for example`,
  );
}
