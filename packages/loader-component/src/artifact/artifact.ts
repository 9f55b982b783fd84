import { createHash } from "node:crypto";
import type { UnsharedBytes } from "@uni/wasm-rt";
import { malformed } from "../binary/binary-cursor.ts";
import type { PlannedComponent } from "../plan/plan.ts";

/**
 * An artifact: magic and version, the header's length as u32 little-endian, the header as JSON, the
 * core modules one after another, and the SHA-256 of everything before it.
 *
 * The hash tells damage, not forgery: whoever can write an artifact can hash it. So nothing in one is
 * trusted more than the component that it was made of, and nothing in it is JavaScript.
 */
export const MAGIC: Uint8Array = Uint8Array.of(0x00, 0x75, 0x6e, 0x69, 0x63, 0x6d, 0x70, 0x01);
export const HEADER_START: number = MAGIC.length + 4;
export const HASH_BYTES = 32;
/** What a component says about itself may take; those of real toolchains take some KiB. */
export const MAX_HEADER_BYTES: number = 1 << 22;

/** A component taken apart, and the key that it was stored under. */
export interface Artifact extends PlannedComponent {
  readonly key: string;
}

/** Whether bytes claim to be an artifact. */
export function isArtifact(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
}

export function encodeArtifact({ key, plan, modules }: Artifact): UnsharedBytes {
  const header = new TextEncoder().encode(
    JSON.stringify({ key, modules: modules.map(({ length }) => length), plan }),
  );
  if (header.length > MAX_HEADER_BYTES) {
    throw malformed(
      `its definitions take ${header.length} bytes, and the limit is ${MAX_HEADER_BYTES}`,
    );
  }
  const size = modules.reduce((sum, { length }) => sum + length, HEADER_START + header.length);
  const bytes = new Uint8Array(size + HASH_BYTES);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length, true);
  let at = HEADER_START;
  for (const part of [header, ...modules]) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes.set(hash(bytes.subarray(0, size)), size);
  return bytes;
}

/** What stands at the end of an artifact. */
export function hash(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
