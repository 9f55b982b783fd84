import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBVector,
  quotedIdentifier,
} from "@duckdb/node-api";
import { PluginError, type ValueType } from "@uni/plugin";
import type { RecordBatch, Schema } from "apache-arrow";
import { bindings } from "../client/bindings.ts";
import { resultColumn } from "../functions/result-column.ts";
import { arrowWireType } from "../types/arrow-wire-type.ts";
import { sqlType } from "../types/sql-type.ts";
import { writeColumn } from "../vectors/write-column.ts";

/**
 * Creates a temporary table from Arrow batches of one schema, at least one. It is the connection's own,
 * and none is left where it fails.
 *
 * @throws PluginError `ARGUMENTS_INVALID` where there is no batch, a column is of a type that plugins do
 * not have, or a batch is not like the first.
 */
export async function createTable(
  connection: DuckDBConnection,
  name: string,
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
): Promise<void> {
  let table: Table | undefined;
  try {
    for await (const batch of batches) {
      table ??= await Table.create(connection, name, batch.schema);
      table.append(batch);
    }
    table?.end();
  } catch (error) {
    await table?.drop();
    throw error;
  }
  if (table !== undefined) return;
  throw new PluginError(
    "ARGUMENTS_INVALID",
    `no batch came for the table ${name}; it takes its columns from the first one`,
  );
}

/** A table that is being filled. */
class Table {
  readonly #connection: DuckDBConnection;
  readonly #name: string;
  readonly #types: readonly ValueType[];
  readonly #appender: DuckDBAppender;

  private constructor(
    connection: DuckDBConnection,
    name: string,
    types: readonly ValueType[],
    appender: DuckDBAppender,
  ) {
    this.#connection = connection;
    this.#name = name;
    this.#types = types;
    this.#appender = appender;
  }

  static async create(connection: DuckDBConnection, name: string, schema: Schema): Promise<Table> {
    const types = schema.fields.map(({ name: column, type }) => {
      const known = arrowWireType(type);
      if (known !== undefined) return known;
      throw new PluginError(
        "ARGUMENTS_INVALID",
        `the column ${column} is of ${type}, which is no type of the wire contract`,
      );
    });
    const sqlTypes = types.map(sqlType);
    const columns = schema.fields.map(
      (field, i) => `${quotedIdentifier(field.name)} ${sqlTypes[i]}`,
    );
    await connection.run(`CREATE TEMP TABLE ${quotedIdentifier(name)} (${columns.join(", ")})`);
    return new Table(
      connection,
      name,
      types,
      await connection.createAppender(name, "main", "temp"),
    );
  }

  append(batch: RecordBatch): void {
    const most = DuckDBVector.standardSize();
    const columns = this.#types.map((type, i) => {
      return resultColumn(batch.data.children.slice(i, i + 1), batch.numRows, type);
    });
    for (let from = 0; from < batch.numRows; from += most) {
      const rows = Math.min(most, batch.numRows - from);
      const chunk = DuckDBDataChunk.create(this.#types.map(sqlType), rows);
      for (const [i, type] of this.#types.entries()) {
        const column = columns[i]?.slice(from, rows);
        if (column === undefined) continue;
        writeColumn(bindings.data_chunk_get_vector(chunk.chunk, i), column, type);
      }
      this.#appender.appendDataChunk(chunk);
    }
  }

  end(): void {
    this.#appender.closeSync();
  }

  async drop(): Promise<void> {
    this.#appender.closeSync();
    await this.#connection.run(`DROP TABLE temp.${quotedIdentifier(this.#name)}`);
  }
}
