import {
  type Data,
  type DataType,
  Field,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  vectorFromArray,
} from "apache-arrow";

/** The values of a column, and their type; doubles without one. */
export type Column = readonly [values: readonly unknown[], type?: DataType];

/** A batch of nullable columns, named as the wire contract names arguments, all of one length. */
export function batchOf(...columns: readonly Column[]): RecordBatch {
  const rows = columns[0]?.[0].length ?? 0;
  const fields = columns.map(([, type = new Float64()], i) => new Field(`arg${i}`, type, true));
  const children = columns.map(([values, type = new Float64()]) => dataOf(values, type));
  // Of no values there would be no data: such a batch is cut from one of a null.
  const length = Math.max(1, rows);
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data).slice(0, rows);
}

function dataOf(values: readonly unknown[], type: DataType): Data {
  const [data] = vectorFromArray(values.length === 0 ? [null] : [...values], type).data;
  if (data === undefined) throw new Error("a vector of values has data");
  return data;
}
