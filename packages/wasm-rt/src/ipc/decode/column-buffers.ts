import type { Data } from "apache-arrow";
import type { Column } from "./column.ts";
import type { Offsets } from "./offsets.ts";
import type { Validity } from "./validity.ts";

/** The buffers of one column in one batch, checked as far as they stand alone. */
export class ColumnBuffers {
  readonly column: Column;
  readonly length: number;
  readonly nullCount: number;
  readonly validity: Validity;
  values: ArrayBufferView | undefined;
  /** Of variable length: where values or children start and end. */
  offsets: Offsets | undefined;
  /** Of a union. */
  typeIds: Int8Array | undefined;
  /** Of a dense union: one for each row, in any order. */
  unionOffsets: Int32Array | undefined;
  /** Of views. */
  variadic: readonly Uint8Array[] | undefined;
  /** Those of its children, in their order. */
  children: readonly ColumnBuffers[] = [];
  /** What apache-arrow has of it, once it was checked against its children. */
  data: Data | undefined;

  constructor(column: Column, length: number, nullCount: number, validity: Validity) {
    this.column = column;
    this.length = length;
    this.nullCount = nullCount;
    this.validity = validity;
  }
}
