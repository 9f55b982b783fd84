import { Int32 } from "apache-arrow";
import fc from "fast-check";
import { doubles, FLOAT64, texts } from "../arrow-columns.ts";
import { type Case, callCase, type Picked } from "./case.ts";
import { anyDouble, doubleColumns } from "./generated-columns.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const POINTS: Picked = {
  "places on the globe": doubles(
    [52.52, null, -90, 0, 0],
    [13.405, 1, 0, 0, 179.5],
    [48.85, 2, 90, 0, 0],
    [2.35, 3, 180, 0, -179.5],
  ),
  "no rows": doubles([], [], [], []),
  "nulls alone": doubles([null, null], [null, null], [null, null], [null, null]),
  "what is no number, and no end": doubles(
    [nan, inf, -inf],
    [1, nan, inf],
    [0, 0, nan],
    [inf, 0, 0],
  ),
  "zeros of both signs": doubles([0, -0], [-0, 0], [-0, -0], [0, -0]),
  "numbers far beyond degrees": doubles([1e300, -1e-300], [7e5, 361], [-721, 5e-324], [1.7e308, 9]),
  "too few columns": doubles([1], [2], [3]),
  "too many columns": doubles([1], [2], [3], [4], [5]),
  "columns of text": texts(["1"], ["2"], ["3"], ["4"]),
  "many rows": doubles(
    ...[1, 2, 3, 4].map((n) => Array.from({ length: 5_000 }, (_, i) => (i * n) % 360)),
  ),
};

const nearest = (lat: number | null, lon: number | null, k: number | null) => [
  ...doubles([lat], [lon]),
  [[k], new Int32()] as const,
];

export const geoCases: readonly Case[] = [
  callCase("invokeScalar", "geo", "haversine", POINTS, doubleColumns(4)),
  callCase("invokeScalar", "geo", "destination", POINTS, doubleColumns(4)),
  callCase(
    "invokeScalar",
    "geo",
    "centroid",
    {
      ...POINTS,
      "one pair": doubles([10, null, nan], [20, 1, 2]),
      "pairs that cancel out": doubles([0, 90], [0, 0], [0, -90], [180, 0]),
      "ten pairs": doubles(...Array.from({ length: 20 }, (_, i) => [i, -i * 7])),
      "no columns": [],
    },
    // Mostly pairs: of an odd number of columns it only says that they are none.
    fc
      .oneof({ weight: 4, arbitrary: fc.constantFrom(2, 4) }, fc.integer({ min: 1, max: 5 }))
      .chain((columns) => doubleColumns(columns)),
  ),
  callCase(
    "invokeProcedure",
    "geo",
    "nearest",
    {
      "three cities": nearest(48.85, 2.35, 3),
      "no cities": nearest(0, 0, 0),
      "more than one batch of cities": nearest(-33, 151, 20),
      "more cities than there are": nearest(0, 0, 2 ** 31 - 1),
      "less than none": nearest(0, 0, -1),
      "a null": nearest(null, 0, 1),
      "no point": nearest(nan, 0, 1),
      "a point without end": nearest(0, -inf, 1),
      "two rows": [...doubles([1, 2], [3, 4]), [[1, 2], new Int32()]],
      "no rows": [...doubles([], []), [[], new Int32()]],
      "a double for an int": doubles([1], [2], [3]),
    },
    fc
      .tuple(anyDouble, anyDouble, fc.oneof(fc.integer({ min: -2, max: 50 }), fc.integer()))
      .map(([lat, lon, k]) => [
        [[lat], FLOAT64],
        [[lon], FLOAT64],
        [[k | 0], new Int32()],
      ]),
  ),
];
