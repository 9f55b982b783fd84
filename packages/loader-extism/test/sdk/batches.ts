import { batchOf, type Column } from "@uni/loader-tests";
import { encodeBatch } from "@uni/wasm-rt";
import { type DataType, Field, FixedSizeList, Float64, Utf8 } from "apache-arrow";

export const VEC3: DataType = new FixedSizeList(3, new Field("item", new Float64(), true));

/** Columns of any types as an Arrow IPC stream, named as the wire contract names arguments. */
export function ipcOf(...columns: readonly Column[]): Uint8Array {
  const named = columns.map(
    ([values, type, name], at) => [values, type, name ?? `arg${at}`] as const,
  );
  return encodeBatch(batchOf(...named));
}

export const doubles = (...columns: readonly (readonly (number | null)[])[]): Uint8Array =>
  ipcOf(...columns.map((values) => [values, new Float64()] as const));

export const texts = (...columns: readonly (readonly (string | null)[])[]): Uint8Array =>
  ipcOf(...columns.map((values) => [values, new Utf8()] as const));
