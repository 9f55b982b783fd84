import type { LayoutOf } from "../layout.ts";
import type { MessagePosition } from "../message-position.ts";
import type { Column } from "./column.ts";
import { isValid, type Validity } from "./validity.ts";
import { halvesOf, integerAt } from "./wide-integers.ts";

type Instants = NonNullable<LayoutOf<"fixed">["instants"]>;

// apache-arrow gives dates and timestamps as milliseconds in a number, and throws beyond its safe
// integers, 2^53 - 1. In 64 bits, microseconds are beyond them only near the very ends.
const LARGEST: Readonly<Record<Instants, number>> = {
  seconds: Math.floor(Number.MAX_SAFE_INTEGER / 1000),
  milliseconds: Number.MAX_SAFE_INTEGER,
  microseconds: 9e18,
};

/** Checks that dates and timestamps are ones that can be read. */
export function checkInstants(
  column: Column,
  position: MessagePosition,
  values: BigInt64Array,
  validity: Validity,
  instants: Instants,
): void {
  const largest = LARGEST[instants];
  const halves = halvesOf(values);
  for (let i = 0; i < values.length; i++) {
    const value = integerAt(halves, i);
    if (Math.abs(value) <= largest || !isValid(validity, i)) continue;
    throw position.unsupported(
      "instant-range",
      `has ${values[i]} ${instants} at value ${i}, which is beyond what a number of JavaScript holds (${largest})`,
      column.field.path,
    );
  }
}

/** Checks that indices point into their dictionary; under a null they may be anything. */
export function checkIndices(
  column: Column,
  position: MessagePosition,
  indices: ArrayLike<number>,
  validity: Validity,
  entries: number,
): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number; // `i` is below the length
    // As unsigned, what is negative is beyond every dictionary.
    if (index >>> 0 < entries || !isValid(validity, i)) continue;
    throw position.malformed(
      "dictionary-index",
      `expected an index into a dictionary of ${entries} values, got ${index} at value ${i}`,
      column.field.path,
    );
  }
}

/** Checks that every row of a union has one of its type ids. */
export function checkTypeIds(
  column: Column,
  position: MessagePosition,
  rows: Int8Array,
  typeIds: ArrayLike<number>,
): void {
  const known = new Uint8Array(128);
  for (let i = 0; i < typeIds.length; i++) known[typeIds[i] as number] = 1;
  for (let i = 0; i < rows.length; i++) {
    const id = rows[i] as number; // `i` is below the length
    if (known[id] === 1) continue;
    throw position.malformed(
      "union-type-id",
      `expected one of the type ids ${Array.from(typeIds).join(", ")}, got ${id} at row ${i}`,
      column.field.path,
    );
  }
}

/** Checks that every row of a dense union points into its child; `lengths` are by type id. */
export function checkUnionOffsets(
  column: Column,
  position: MessagePosition,
  rows: Int8Array,
  offsets: Int32Array,
  lengths: readonly number[],
): void {
  for (let i = 0; i < rows.length; i++) {
    const typeId = rows[i] as number; // `i` is below both lengths
    const offset = offsets[i] as number;
    const length = lengths[typeId] as number; // type ids were checked
    if (offset >= 0 && offset < length) continue;
    throw position.malformed(
      "union-offset",
      `expected an offset into the ${length} values of type id ${typeId}, got ${offset} at row ${i}`,
      column.field.path,
    );
  }
}
