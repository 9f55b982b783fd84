import { type Data, util } from "apache-arrow";
import { bindings, type Vector } from "../client/bindings.ts";

// DuckDB keeps validity in words of 64 bits, bit 0 first, which is Arrow's order too.
const WORD_BITS = 64;
const WORD_BYTES = 8;

/** Which rows are not null, by bit; `undefined` where none is null. */
export type Validity = Uint8Array | undefined;

/** The bitmap of a vector of `rows` values: a copy. */
export function readValidity(vector: Vector, rows: number): Validity {
  // The bindings give null where DuckDB has no bitmap, which their types do not say.
  const bits: Uint8Array | null = bindings.vector_get_validity(vector, bitmapBytes(rows));
  return bits ?? undefined;
}

/** @param bits as many as the vector has rows. */
export function writeValidity(vector: Vector, bits: Validity, rows: number): void {
  if (bits === undefined) return;
  const words = new Uint8Array(bitmapBytes(rows));
  words.set(bits.subarray(0, (rows + 7) >> 3));
  bindings.vector_ensure_validity_writable(vector);
  bindings.copy_data_to_vector_validity(vector, 0, words.buffer, 0, words.byteLength);
}

/** The validity of a column, its first row in bit 0. */
export function validityOf(column: Data): Validity {
  if (column.nullCount === 0) return undefined;
  return util.truncateBitmap(column.offset, column.length, column.nullBitmap);
}

export function isValid(bits: Validity, row: number): boolean {
  return bits === undefined || ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

/** The validity of elements, `perRow` for each row: nothing in a null row is valid. */
export function elementValidity(
  rowBits: Validity,
  elementBits: Validity,
  rows: number,
  perRow: number,
): Validity {
  if (rowBits === undefined) return elementBits;
  const elements = rows * perRow;
  const bits = elementBits?.slice() ?? new Uint8Array(bitmapBytes(elements)).fill(0xff);
  for (let row = 0; row < rows; row++) {
    if (isValid(rowBits, row)) continue;
    for (let i = row * perRow; i < (row + 1) * perRow; i++) setNull(bits, i);
  }
  return bits;
}

/** The validity of elements where only those in one of the ranges belong to a row. */
export function rangesValidity(
  ranges: Iterable<readonly [start: number, length: number]>,
  elementBits: Validity,
  elements: number,
): Uint8Array {
  const bits = new Uint8Array(bitmapBytes(elements));
  for (const [start, length] of ranges) {
    for (let i = start; i < start + length; i++) {
      if (isValid(elementBits, i)) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
    }
  }
  return bits;
}

/**
 * Zeroes what is under nulls, in `values` of `width` bytes a row: DuckDB leaves there whatever was in the
 * buffer before, values of other rows and queries among it, which are not a plugin's to see.
 */
export function clearNulls(values: Uint8Array, width: number, bits: Validity, rows: number): void {
  if (bits === undefined) return;
  for (let row = 0; row < rows; row++) {
    if (!isValid(bits, row)) values.fill(0, row * width, (row + 1) * width);
  }
}

function setNull(bits: Uint8Array, row: number): void {
  bits[row >> 3] = (bits[row >> 3] ?? 0) & ~(1 << (row & 7));
}

function bitmapBytes(rows: number): number {
  return Math.ceil(rows / WORD_BITS) * WORD_BYTES;
}
