/** What the first bytes of a plugin say that it is. */
export type BinaryKind = "core module" | "component" | "WebAssembly text" | "unknown";

// WebAssembly core specification, "Modules" in the binary format: magic, then version 1. The
// Component Model's binary format shares the magic, and splits the version: 13 and layer 1.
const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const CORE_VERSION = [0x01, 0x00, 0x00, 0x00];
const COMPONENT_LAYER = [0x01, 0x00];

/** Tells formats apart by their first 8 bytes, before anything parses them. */
export function binaryKind(bytes: Uint8Array): BinaryKind {
  if (startsWith(bytes, MAGIC)) {
    if (startsWith(bytes.subarray(4), CORE_VERSION)) return "core module";
    if (startsWith(bytes.subarray(6), COMPONENT_LAYER)) return "component";
    return "unknown";
  }
  const text = new TextDecoder().decode(bytes.subarray(0, 256));
  return /^\s*(;;[^\n]*\n\s*)*\((module|component)\b/.test(text) ? "WebAssembly text" : "unknown";
}

/** The first bytes of `bytes` in hexadecimal, for a message. */
export function leadingBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no bytes";
  const hex = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  return `${hex.join(" ")}${bytes.length > 8 ? " …" : ""}`;
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, i) => bytes[i] === byte);
}
