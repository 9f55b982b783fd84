import { type Data, Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";
import { plain } from "./columns.ts";

/** A batch of the given columns, nullable and named by their keys. */
export function batchOf(
  columns: Readonly<Record<string, Data>>,
  schemaMetadata = new Map<string, string>(),
): RecordBatch {
  const fields = Object.entries(columns).map(([name, data]) => new Field(name, data.type, true));
  return batchWith(new Schema(fields, schemaMetadata), Object.values(columns));
}

/** A batch of the given fields, which may carry metadata. */
export function batchWith(schema: Schema, columns: readonly Data[]): RecordBatch {
  const length = columns[0]?.length ?? 0;
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length, nullCount: 0, children: [...columns] }));
}

/** Every column of a batch as plain values. */
export function valuesOf(batch: RecordBatch): unknown[][] {
  return batch.schema.fields.map((_, i) => {
    const column = batch.getChildAt(i);
    if (column === null) throw new Error(`no column ${i}`);
    return [...column].map(plain);
  });
}
