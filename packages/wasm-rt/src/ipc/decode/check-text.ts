import { isAscii, isUtf8 } from "node:buffer";
import type { MessagePosition } from "../message-position.ts";
import type { Column } from "./column.ts";
import type { Offsets } from "./offsets.ts";

/**
 * Checks that every value of a column is UTF-8: what the offsets span as a whole, and then that no
 * offset lies within a character.
 */
export function checkText(
  column: Column,
  position: MessagePosition,
  bytes: Uint8Array,
  offsets: Offsets,
): void {
  const { first, last, array } = offsets;
  const spanned = bytes.subarray(first, last);
  if (isAscii(spanned)) return;
  if (!isUtf8(spanned)) throw notUtf8(column, position, `the bytes from ${first} to ${last}`);
  const value =
    array instanceof Int32Array
      ? firstSplit(bytes, array, last)
      : firstWideSplit(bytes, offsets, array.length);
  if (value !== -1) throw splitsCharacter(column, position, value, offsets.at(value));
}

// The first and the last offset are the ends of what is UTF-8; so is any that equals the last.

function firstSplit(bytes: Uint8Array, offsets: Int32Array, last: number): number {
  for (let i = 1; i < offsets.length - 1; i++) {
    // `i` is below the length, and an offset below the last has a byte.
    const at = offsets[i] as number;
    if (at < last && ((bytes[at] as number) & 0xc0) === 0x80) return i;
  }
  return -1;
}

function firstWideSplit(bytes: Uint8Array, offsets: Offsets, count: number): number {
  for (let i = 1; i < count - 1; i++) {
    const at = offsets.at(i);
    if (at < offsets.last && continuesCharacter(bytes, at)) return i;
  }
  return -1;
}

/** Whether a byte is in the middle of a character: 10xxxxxx. */
export function continuesCharacter(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at] ?? 0) & 0xc0) === 0x80;
}

export function notUtf8(column: Column, position: MessagePosition, what: string): Error {
  return position.malformed(
    "text-utf8",
    `expected text to be UTF-8, which ${what} is not`,
    column.field.path,
  );
}

export function splitsCharacter(
  column: Column,
  position: MessagePosition,
  value: number,
  at: number,
): Error {
  return position.malformed(
    "text-boundary",
    `expected value ${value} to start and end between characters, and byte ${at} is in the middle of one`,
    column.field.path,
  );
}
