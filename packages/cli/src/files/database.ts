import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { RecordBatch } from "apache-arrow";
import { optionalPackage } from "../plugin/optional-package.ts";

/** A DuckDB in memory, for as long as its scope. */
export interface Database extends AsyncDisposable {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  queryBatches(sql: string): AsyncIterable<RecordBatch>;
  createTable(name: string, batches: AsyncIterable<RecordBatch>): Promise<void>;
}

/**
 * @param use what needs it, as the start of a sentence.
 * @throws CliError `NOT_INSTALLED`.
 */
export async function openDatabase(use: string): Promise<Database> {
  const { DuckDBInstance } = await optionalPackage(() => import("@duckdb/node-api"), use);
  const { createTable, queryBatches } = await optionalPackage(() => import("@uni/duckdb"), use);
  // Nothing is fetched from anywhere because of what a file is called, or what is in it.
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
  });
  const connection = await instance.connect();
  return {
    instance,
    connection,
    queryBatches: (sql) => queryBatches(connection, sql),
    createTable: (name, batches) => createTable(connection, name, batches),
    [Symbol.asyncDispose]: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
