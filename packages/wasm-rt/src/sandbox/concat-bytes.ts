import type { UnsharedBytes } from "./unshared-bytes.ts";

/** The parts of a module, one behind the other. */
export function concatBytes(parts: readonly Uint8Array[]): UnsharedBytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
