import type { MessagePosition } from "../message-position.ts";
import type { Column } from "./column.ts";
import { halvesOf, integerAt } from "./wide-integers.ts";

/** The offsets of a column of variable length, whose order was checked. */
export interface Offsets {
  /** As apache-arrow has them. */
  readonly array: Int32Array | BigInt64Array;
  readonly first: number;
  readonly last: number;
  at(index: number): number;
}

/**
 * Checks that offsets start at 0 or above and never decrease, which leaves the last one to be
 * compared with what they point into.
 *
 * @param array one more than the column has values.
 */
export function checkOffsets(
  column: Column,
  position: MessagePosition,
  array: Int32Array | BigInt64Array,
): Offsets {
  const at = reader(array);
  const first = at(0);
  if (first < 0) {
    throw position.malformed(
      "offsets-range",
      `expected offsets of 0 or above, got ${first} at value 0`,
      column.field.path,
    );
  }
  const unordered =
    array instanceof Int32Array ? firstDecrease(array) : firstWideDecrease(at, array.length);
  if (unordered !== -1) {
    throw position.malformed(
      "offsets-order",
      `expected offsets that never decrease, got ${at(unordered - 1)} and ${at(unordered)} at value ${unordered - 1}`,
      column.field.path,
    );
  }
  return { array, first, last: at(array.length - 1), at };
}

/** Checks that offsets end within what they point into. */
export function checkOffsetsEnd(
  column: Column,
  position: MessagePosition,
  { last }: Offsets,
  end: number,
  what: string,
): void {
  if (last <= end) return;
  throw position.malformed(
    "offsets-range",
    `expected offsets of at most ${end}, the number of its ${what}, got ${last}`,
    column.field.path,
  );
}

function reader(array: Int32Array | BigInt64Array): (index: number) => number {
  // `index` is below the length.
  if (array instanceof Int32Array) return (index) => array[index] as number;
  const halves = halvesOf(array);
  return (index) => integerAt(halves, index);
}

function firstDecrease(offsets: Int32Array): number {
  let before = offsets[0] as number;
  for (let i = 1; i < offsets.length; i++) {
    const offset = offsets[i] as number;
    if (offset < before) return i;
    before = offset;
  }
  return -1;
}

function firstWideDecrease(at: (index: number) => number, length: number): number {
  let before = at(0);
  for (let i = 1; i < length; i++) {
    const offset = at(i);
    if (offset < before) return i;
    before = offset;
  }
  return -1;
}
