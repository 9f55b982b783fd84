import { encodeBatch } from "@uni/wasm-rt";
import {
  type Data,
  type DataType,
  Field,
  FixedSizeList,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from "apache-arrow";

/** The values of one column, and their type. */
export type Column = readonly [values: readonly unknown[], type: DataType];

export const FLOAT64: DataType = new Float64();
export const UTF8: DataType = new Utf8();
export const VECTOR3: DataType = new FixedSizeList(3, new Field("item", new Float64(), true));

/** A batch with nullable columns as the wire contract names arguments, all of one length. */
export function batchOf(columns: readonly Column[]): RecordBatch {
  const rows = columns[0]?.[0].length ?? 0;
  const children = columns.map(([values, type]) => dataOf(values, type));
  const fields = columns.map(([, type], at) => new Field(`arg${at}`, type, true));
  const length = Math.max(1, rows);
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data).slice(0, rows);
}

/** Such a batch as an Arrow IPC stream. */
export function streamOf(columns: readonly Column[]): Uint8Array {
  return encodeBatch(batchOf(columns));
}

/** Columns of doubles. */
export function doubles(...columns: readonly (readonly (number | null)[])[]): readonly Column[] {
  return columns.map((values) => [values, FLOAT64]);
}

/** Columns of texts. */
export function texts(...columns: readonly (readonly (string | null)[])[]): readonly Column[] {
  return columns.map((values) => [values, UTF8]);
}

function dataOf(values: readonly unknown[], type: DataType): Data {
  // Of no values there would be no data; the batch is cut to its rows.
  const some = values.length === 0 ? [null] : [...values];
  const [data] = vectorFromArray(some, type).data;
  if (data === undefined) throw new Error("a vector of values has data");
  return data;
}
