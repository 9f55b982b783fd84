import type { GuestMemory } from "./guest-memory.ts";

/** The `IOV_MAX` of Linux. */
const MAX_CIOVECS = 1024;
const MAX_BYTES = 65_536;
/** A `$ciovec` is a u32 address and a u32 length (typenames.witx). */
const CIOVEC_BYTES = 8;

/**
 * A copy of the bytes that an array of ciovecs names, or of the first of them: at most 64 KiB from
 * at most 1,024. A write may take less than it is given, and the guest comes again with the rest.
 *
 * Undefined where the array or a range is outside of the memory; then nothing is taken.
 */
export function gather(
  memory: GuestMemory,
  address: number,
  count: number,
): Uint8Array | undefined {
  const table = memory.view(address, count * CIOVEC_BYTES);
  if (table === undefined) return undefined;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (let at = 0; at < Math.min(count, MAX_CIOVECS) * CIOVEC_BYTES; at += CIOVEC_BYTES) {
    const range = memory.bytes(table.getUint32(at, true), table.getUint32(at + 4, true));
    if (range === undefined) return undefined;
    const part = range.subarray(0, MAX_BYTES - bytes);
    parts.push(part);
    bytes += part.length;
  }
  return concat(parts, bytes);
}

function concat(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
