/**
 * A `duckdb_string_t`: the length, 32 bits; then, up to 12 bytes, the bytes themselves, and above that
 * their first four and a pointer to all of them. Little-endian, as every machine is that DuckDB's client
 * is built for.
 *
 * Source: `duckdb_string_t` in DuckDB's `duckdb.h`.
 */
export const STRING_ENTRY = {
  bytes: 16,
  inlineOffset: 4,
  inlineBytes: 12,
  prefixBytes: 4,
  pointerOffset: 8,
} as const;

const TWO_32 = 2 ** 32;

/** The address that an entry has at `offset`: below 2^48 on every machine, so exact as a number. */
export function pointerAt(entries: DataView, offset: number): number {
  return (
    entries.getUint32(offset + STRING_ENTRY.pointerOffset, true) +
    entries.getUint32(offset + STRING_ENTRY.pointerOffset + 4, true) * TWO_32
  );
}

export function setPointerAt(entries: DataView, offset: number, address: number): void {
  entries.setUint32(offset + STRING_ENTRY.pointerOffset, address % TWO_32, true);
  entries.setUint32(offset + STRING_ENTRY.pointerOffset + 4, Math.floor(address / TWO_32), true);
}
