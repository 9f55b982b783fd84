import type { DuckDBResult, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import type { RecordBatch } from "apache-arrow";
import type { Database } from "../files/database.ts";
import { isBinary, type OutputFormat } from "../files/formats.ts";
import { sqlText } from "../files/sql-text.ts";
import { queryValueJson, queryValueText } from "./query-value.ts";
import type { Result, ResultColumn } from "./result.ts";

const NUMBERS = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*)$/;

/** The rows of a query, as DuckDB computes them. */
export class QueryResult implements Result {
  readonly columns: readonly ResultColumn[];
  readonly #database: Database;
  readonly #query: string;
  readonly #rows: DuckDBResult | undefined;

  private constructor(database: Database, query: string, rows: DuckDBResult | undefined) {
    this.#database = database;
    this.#query = query;
    this.#rows = rows;
    const types = rows?.columnTypes() ?? [];
    const names = rows?.deduplicatedColumnNames() ?? [];
    this.columns = names.map((name, i) => ({ name, isNumber: isNumber(types[i]) }));
  }

  /**
   * Starts a query whose rows are wanted as text; of several statements, the last one's. What is wanted
   * in a binary format starts when it is read.
   */
  static async of(database: Database, query: string, format: OutputFormat): Promise<QueryResult> {
    const rows = isBinary(format) ? undefined : await database.connection.stream(query);
    return new QueryResult(database, query, rows);
  }

  texts(): AsyncIterable<(string | null)[][]> {
    return this.#converted(queryValueText);
  }

  jsons(): AsyncIterable<string[][]> {
    return this.#converted(queryValueJson);
  }

  async *batches(): AsyncGenerator<RecordBatch> {
    yield* this.#database.queryBatches(this.#query);
  }

  async parquet(path: string): Promise<void> {
    // A query may end in a comment, up to the end of its line.
    const query = this.#query.trimEnd().replace(/;$/, "");
    await this.#database.connection.run(`COPY (${query}\n) TO ${sqlText(path)} (FORMAT parquet)`);
  }

  async *#converted<T>(show: (value: DuckDBValue) => T): AsyncGenerator<T[][]> {
    if (this.#rows === undefined) throw new Error("the query was started for a binary format");
    for await (const rows of this.#rows.yieldRows()) yield rows.map((row) => row.map(show));
  }
}

function isNumber(type: DuckDBType | undefined): boolean {
  return type !== undefined && NUMBERS.test(type.toString());
}
