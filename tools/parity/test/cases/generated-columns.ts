import type { DataType } from "apache-arrow";
import fc from "fast-check";
import { type Column, FLOAT64, UTF8, VECTOR3 } from "../arrow-columns.ts";

const MANY_ROWS = 64;

/** Any double, with those that arithmetic is hard on more often than by chance. */
export const anyDouble: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.double() },
  { weight: 2, arbitrary: fc.double({ min: -360, max: 360, noNaN: true }) },
  fc.constantFrom(0, -0, 90, -90, 180, -180, Number.NaN, Infinity, -Infinity, 5e-324, 1.7e308),
);

/** Any text: every code point, also those outside of the BMP, and none at all. */
const anyText: fc.Arbitrary<string> = fc.string({ unit: "binary", maxLength: 20 });

/** Three doubles, of which some are null. */
const anyVector: fc.Arbitrary<readonly (number | null)[]> = fc.array(
  fc.option(anyDouble, { freq: 20 }),
  { minLength: 3, maxLength: 3 },
);

/** Columns of one length, from no rows to many, with nulls anywhere. */
export function columnsOf(
  ...kinds: readonly (readonly [DataType, fc.Arbitrary<unknown>])[]
): fc.Arbitrary<readonly Column[]> {
  const row = fc.tuple(...kinds.map(([, value]) => fc.option(value, { freq: 6 })));
  return fc
    .array(row, { maxLength: MANY_ROWS, size: "max" })
    .map((rows) => kinds.map(([type], at): Column => [rows.map((values) => values[at]), type]));
}

export const doubleColumns = (
  count: number,
  value: fc.Arbitrary<number> = anyDouble,
): fc.Arbitrary<readonly Column[]> =>
  columnsOf(...Array.from({ length: count }, () => [FLOAT64, value] as const));

export const textColumns = (count: number): fc.Arbitrary<readonly Column[]> =>
  columnsOf(...Array.from({ length: count }, () => [UTF8, anyText] as const));

export const VECTOR = [VECTOR3, anyVector] as const;
export const DOUBLE = [FLOAT64, anyDouble] as const;
