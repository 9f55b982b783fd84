import { randomFillSync } from "node:crypto";
import { ERRNO, type Errno } from "./errno.ts";
import type { GuestMemory } from "./guest-memory.ts";

const CHUNK_BYTES = 65_536;

/** Fills a range of the guest's memory; a range that is not all inside stays as it is. */
export function fillRandom(memory: GuestMemory, address: number, length: number): Errno {
  const bytes = memory.bytes(address, length);
  if (bytes === undefined) return ERRNO.fault;
  // A guest may ask for its whole memory; a thread that is to end does so between two chunks.
  for (let at = 0; at < length; at += CHUNK_BYTES) {
    randomFillSync(bytes.subarray(at, at + CHUNK_BYTES));
  }
  return ERRNO.success;
}
