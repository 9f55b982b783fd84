import { DataType, type Field, type RecordBatch, type Schema } from "apache-arrow";
import { emptyBatch } from "../values/batch.ts";
import { valueJson, valueText } from "../values/value-text.ts";
import type { Result, ResultColumn } from "./result.ts";
import { writeParquet } from "./write-parquet.ts";

/** The batches that a function gives. */
export class BatchResult implements Result {
  readonly columns: readonly ResultColumn[];
  readonly #schema: Schema;
  readonly #batches: AsyncIterable<RecordBatch>;

  constructor(schema: Schema, batches: AsyncIterable<RecordBatch>) {
    this.#schema = schema;
    this.#batches = batches;
    this.columns = schema.fields.map(({ name, type }) => ({
      name,
      isNumber: DataType.isInt(type) || DataType.isFloat(type),
    }));
  }

  texts(): AsyncIterable<(string | null)[][]> {
    return this.#rows(({ type }, value) => valueText(value, type));
  }

  jsons(): AsyncIterable<string[][]> {
    return this.#rows(({ type }, value) => valueJson(value, type));
  }

  async *batches(): AsyncGenerator<RecordBatch> {
    let isEmpty = true;
    for await (const batch of this.#batches) {
      isEmpty = false;
      yield batch;
    }
    // So that its reader learns the columns.
    if (isEmpty) yield emptyBatch(this.#schema);
  }

  parquet(path: string): Promise<void> {
    return writeParquet(this.batches(), path);
  }

  async *#rows<T>(show: (field: Field, value: unknown) => T): AsyncGenerator<T[][]> {
    const { fields } = this.#schema;
    for await (const batch of this.#batches) {
      const columns = fields.map((_, i) => batch.getChildAt(i));
      yield Array.from({ length: batch.numRows }, (_, row) =>
        fields.map((field, i) => show(field, columns[i]?.get(row))),
      );
    }
  }
}
