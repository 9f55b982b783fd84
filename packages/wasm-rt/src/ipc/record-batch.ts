import { Data, RecordBatch, type Schema, Struct } from "apache-arrow";

/** What apache-arrow has as the bitmap of a column without nulls. */
export const NO_BITMAP: Uint8Array = new Uint8Array(0);

// Of its buffers, by their position, a struct has only this.
const NO_NULLS = { 2: NO_BITMAP };

/**
 * A `RecordBatch` of columns that fit its schema and are all of `rows` values, as its constructor
 * makes it. The constructor itself is not called: for every batch it makes the schema anew, looking
 * for each column by its name, and it gives all columns of one name the type of the last.
 */
export function recordBatchOf(
  schema: Schema,
  rows: number,
  columns: Data[],
  metadata: Map<string, string> = new Map(),
): RecordBatch {
  const batch: Writable = Object.create(RecordBatch.prototype);
  batch.schema = schema;
  batch.data = new Data(new Struct(schema.fields), 0, rows, 0, NO_NULLS, columns);
  batch._metadata = metadata;
  return batch as unknown as RecordBatch;
}

/** The fields of a `RecordBatch`, all of them its constructor's to set. */
interface Writable {
  schema: Schema;
  data: Data<Struct>;
  _metadata: Map<string, string>;
}
