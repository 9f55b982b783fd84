import { type Data, type RecordBatch, util } from "apache-arrow";

/**
 * `result` with a null in every row in which an argument is null, whatever the guest wrote there.
 * `result` has as many rows as `args`, and is neither a Null column nor a union.
 */
export function propagateNulls(result: Data, args: RecordBatch): Data {
  const withNulls = args.data.children.filter((column) => column.nullCount > 0);
  if (withNulls.length === 0) return result;
  const { length } = result;
  // The result is moved to offset 0 only in its bitmap, which a set bit beyond the rows does not hurt.
  const bits = validityOf(result);
  for (const column of withNulls) {
    const theirs = validityOf(column);
    for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] ?? 0) & (theirs[i] ?? 0);
  }
  const nullCount = length - util.popcnt_bit_range(bits, 0, length);
  return result.clone(result.type, 0, length, nullCount, [
    result.valueOffsets,
    result.values,
    bits,
    result.typeIds,
  ]);
}

/** Validity from bit 0 on, in as many bytes as the rows need: a copy. */
function validityOf(column: Data): Uint8Array {
  const byteLength = (column.length + 7) >> 3;
  if (column.nullCount === 0) return new Uint8Array(byteLength).fill(0xff);
  return util.truncateBitmap(column.offset, column.length, column.nullBitmap).slice(0, byteLength);
}
