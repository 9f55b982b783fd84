import { type DataType, Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";

/**
 * A batch of the same columns, named `{prefix}0`, `{prefix}1`, … and nullable. What the fields of
 * `batch` say besides their type is left behind.
 */
export function withColumnNames(
  batch: RecordBatch,
  types: readonly DataType[],
  prefix: "arg" | "yield",
): RecordBatch {
  const fields = types.map((type, i) => new Field(`${prefix}${i}`, type, true));
  const { length, children } = batch.data;
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data);
}
