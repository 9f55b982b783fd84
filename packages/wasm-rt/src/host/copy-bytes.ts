import type { UnsharedBytes } from "../sandbox/unshared-bytes.ts";

/** Copied in less than a millisecond. */
const PIECE_BYTES = 1 << 20;

/**
 * A copy of what a guest passes, which it cannot change any more. An engine ends a guest between two
 * pieces, and could not within one copy of a gibibyte.
 */
export function copyBytes(bytes: Uint8Array): UnsharedBytes {
  if (bytes.byteLength <= PIECE_BYTES) return new Uint8Array(bytes);
  const copy = new Uint8Array(bytes.byteLength);
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
    copy.set(bytes.subarray(at, at + PIECE_BYTES), at);
  }
  return copy;
}
