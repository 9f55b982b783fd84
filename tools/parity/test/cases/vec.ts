import { Field, FixedSizeList, Float64 } from "apache-arrow";
import { type Column, FLOAT64, VECTOR3 } from "../arrow-columns.ts";
import { type Case, callCase, type Picked } from "./case.ts";
import { columnsOf, DOUBLE, VECTOR } from "./generated-columns.ts";

const VECTOR2 = new FixedSizeList(2, new Field("item", new Float64(), true));
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

type Vectors = readonly (readonly (number | null)[] | null)[];

function picked(others: (vectors: Vectors) => readonly Column[]): Picked {
  const of = (vectors: Vectors): readonly Column[] => [[vectors, VECTOR3], ...others(vectors)];
  return {
    vectors: of([[1, 2, 3], [-1, 0.5, 1e300], null, [0, -0, 0]]),
    "vectors with nulls inside": of([
      [1, null, 3],
      [null, null, null],
    ]),
    "what is no number, and no end": of([
      [nan, 1, 2],
      [inf, -inf, 0],
      [5e-324, 1.7e308, -1.7e308],
    ]),
    "no rows": of([]),
    "nulls alone": of([null, null]),
    "many rows": of(Array.from({ length: 3_000 }, (_, i) => (i % 7 === 0 ? null : [i, -i, 1 / i]))),
    "vectors of two": [[[[1, 2]], VECTOR2], ...others([[1, 2, 3]])],
    "doubles for vectors": [[[1], FLOAT64], ...others([[1, 2, 3]])],
  };
}

export const vecCases: readonly Case[] = [
  callCase(
    "invokeScalar",
    "vec",
    "dot",
    picked((vectors) => [[vectors.toReversed(), VECTOR3]]),
    columnsOf(VECTOR, VECTOR),
  ),
  callCase(
    "invokeScalar",
    "vec",
    "norm",
    picked(() => []),
    columnsOf(VECTOR),
  ),
  callCase(
    "invokeScalar",
    "vec",
    "scale",
    picked((vectors) => [[vectors.map((_, i) => (i % 4 === 3 ? null : i - 1.5)), FLOAT64]]),
    columnsOf(VECTOR, DOUBLE),
  ),
];
