import { type Data, type Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";

/** A batch that may have rows and no columns. */
export function argumentBatch(fields: Field[], length: number, children: Data[]): RecordBatch {
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data);
}
