import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";

/** One row that DuckDB answered; a column of another type than is asked for is an error. */
export class Row {
  readonly #values: Readonly<Record<string, DuckDBValue>>;

  constructor(values: Readonly<Record<string, DuckDBValue>>) {
    this.#values = values;
  }

  /** A number of any of DuckDB's types that fit a double. */
  number(column: string): number {
    const value = this.#values[column];
    if (typeof value === "number") return value;
    if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
    throw this.#unexpected(column, "a number");
  }

  text(column: string): string {
    const value = this.#values[column];
    if (typeof value === "string") return value;
    throw this.#unexpected(column, "a text");
  }

  flag(column: string): boolean {
    const value = this.#values[column];
    if (typeof value === "boolean") return value;
    throw this.#unexpected(column, "true or false");
  }

  #unexpected(column: string, expected: string): TypeError {
    return new TypeError(`expected ${expected} as ${column}, got ${this.#values[column]}`);
  }
}

export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjects().map((values) => new Row(values));
}

/** The row of a query that has exactly one. */
export async function rowOf(connection: DuckDBConnection, sql: string): Promise<Row> {
  const [row, ...more] = await rowsOf(connection, sql);
  if (row === undefined || more.length > 0) throw new TypeError(`not one row: ${sql}`);
  return row;
}
