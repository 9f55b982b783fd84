import { encodeBatch } from "@uni/wasm-rt";
import {
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

export const VEC3: DataType = new FixedSizeList(3, new Field("item", new Float64(), true));

/** Values, their type, and a name other than that of an argument. */
type Column = readonly [readonly unknown[], DataType, name?: string];

/** Columns of any types as an Arrow IPC stream, named as the wire contract names arguments. */
export function ipcOf(...columns: readonly Column[]): Uint8Array {
  const vectors = columns.map(([values, type]) => vectorFromArray([...values], type));
  const fields = columns.map(([, type, name], at) => new Field(name ?? `arg${at}`, type, true));
  const children = vectors.flatMap(({ data }) => data);
  const length = children[0]?.length ?? 0;
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return encodeBatch(new RecordBatch(new Schema(fields), data));
}

export const doubles = (...columns: readonly (readonly (number | null)[])[]): Uint8Array =>
  ipcOf(...columns.map((values) => [values, new Float64()] as const));

export const texts = (...columns: readonly (readonly (string | null)[])[]): Uint8Array =>
  ipcOf(...columns.map((values) => [values, new Utf8()] as const));
