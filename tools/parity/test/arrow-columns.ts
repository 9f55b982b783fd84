import { encodeBatch } from "@uni/wasm-rt";
import { type DataType, Field, FixedSizeList, Float64, type RecordBatch, Utf8 } from "apache-arrow";
import { batchOf as batchOfColumns } from "../../../packages/conformance/src/batches/batch-of.ts";

/** The values of one column, and their type. */
export type Column = readonly [values: readonly unknown[], type: DataType];

export const FLOAT64: DataType = new Float64();
export const UTF8: DataType = new Utf8();
export const VECTOR3: DataType = new FixedSizeList(3, new Field("item", new Float64(), true));

/** A batch with nullable columns as the wire contract names arguments, all of one length. */
export function batchOf(columns: readonly Column[]): RecordBatch {
  return batchOfColumns(...columns);
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
