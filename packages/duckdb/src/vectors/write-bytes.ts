import { bindings, type Vector } from "../client/bindings.ts";
import { pointerAt, STRING_ENTRY, setPointerAt } from "./string-entry.ts";
import { isValid, type Validity } from "./validity.ts";

/**
 * Writes strings or blobs into a vector of `rows` values.
 *
 * All long ones go into the vector's heap as one: entries may point into the middle of it, and one call
 * is faster than thousands.
 *
 * @param bytes all of them, `offsets` into it one more than there are rows.
 */
export function writeBytes(
  vector: Vector,
  rows: number,
  offsets: Int32Array | BigInt64Array,
  bytes: Uint8Array,
  valid: Validity,
): void {
  const target = new Uint8Array(rows * STRING_ENTRY.bytes);
  const entries = new DataView(target.buffer);
  const heap = heapOf(vector, rows, offsets, bytes, valid);
  for (let row = 0; row < rows; row++) {
    const start = Number(offsets[row]);
    const length = isValid(valid, row) ? Number(offsets[row + 1]) - start : 0;
    const entry = row * STRING_ENTRY.bytes;
    entries.setUint32(entry, length, true);
    const long = length > STRING_ENTRY.inlineBytes;
    const here = long ? STRING_ENTRY.prefixBytes : length;
    for (let i = 0; i < here; i++) {
      target[entry + STRING_ENTRY.inlineOffset + i] = bytes[start + i] ?? 0;
    }
    if (long) setPointerAt(entries, entry, heap + start);
  }
  bindings.copy_data_to_vector(vector, 0, target.buffer, 0, target.byteLength);
}

/**
 * Copies what the rows have into the vector's heap, where one of them is long.
 *
 * @returns the address of what would be byte 0 of `bytes`.
 */
function heapOf(
  vector: Vector,
  rows: number,
  offsets: Int32Array | BigInt64Array,
  bytes: Uint8Array,
  valid: Validity,
): number {
  const anyLong = () => {
    for (let row = 0; row < rows; row++) {
      const length = Number(offsets[row + 1]) - Number(offsets[row]);
      if (length > STRING_ENTRY.inlineBytes && isValid(valid, row)) return true;
    }
    return false;
  };
  if (!anyLong()) return 0;
  const start = Number(offsets[0]);
  // Row 0 is written again with all others; DuckDB keeps the heap as long as the vector.
  bindings.vector_assign_string_element_len(
    vector,
    0,
    bytes.subarray(start, Number(offsets[rows])),
  );
  const first = bindings.vector_get_data(vector, STRING_ENTRY.bytes);
  return pointerAt(new DataView(first.buffer, first.byteOffset, first.byteLength), 0) - start;
}
