/** Instructions and fields of WebAssembly text. */

export const i32 = (value: number): string => `(i32.const ${value})`;

/** Instructions for ever. */
export const forever = (...instructions: readonly string[]): string =>
  `(loop $forever ${instructions.join(" ")} (br $forever))`;

/** A segment of data. */
export const dataAt = (address: number, bytes: Uint8Array): string =>
  `(data ${i32(address)} ${watText(bytes)})`;

/** Bytes, or the UTF-8 of a text, as a string of WebAssembly text. */
export function watText(value: Uint8Array | string): string {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  const escaped = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`);
  return `"${escaped.join("")}"`;
}
