import {
  type Data,
  type DataType,
  Field,
  Float64,
  type RecordBatch,
  vectorFromArray,
} from "apache-arrow";
import { argumentBatch } from "./argument-batch.ts";

/** The values of a column, and their type; doubles without one. */
export type Column = readonly [values: readonly unknown[], type?: DataType];

/** A batch of nullable columns, named as the wire contract names arguments, all of one length. */
export function batchOf(...columns: readonly Column[]): RecordBatch {
  const rows = columns[0]?.[0].length ?? 0;
  const fields = columns.map(([, type = new Float64()], i) => new Field(`arg${i}`, type, true));
  const children = columns.map(([values, type = new Float64()]) => dataOf(values, type));
  // Of no values there would be no data: such a batch is cut from one of a null.
  const length = Math.max(1, rows);
  return argumentBatch(fields, length, children).slice(0, rows);
}

function dataOf(values: readonly unknown[], type: DataType): Data {
  const [data] = vectorFromArray(values.length === 0 ? [null] : [...values], type).data;
  if (data === undefined) throw new Error("a vector of values has data");
  return data;
}
