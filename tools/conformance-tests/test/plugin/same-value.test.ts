import { Float64, vectorFromArray } from "apache-arrow";
import { expect, it } from "vitest";
import { sameValue } from "../../../../packages/conformance/src/plugin/same-value.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

it.each([
  [1, 1],
  [nan, nan],
  ["a", "a"],
  [null, null],
  [2n, 2n],
  [Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
  [
    [1, [nan]],
    [1, [nan]],
  ],
  [vectorFromArray([1, null], new Float64()), vectorFromArray([1, null], new Float64())],
])("%s is the same as %s", (one, other) => {
  expect(sameValue(one, other)).toBe(true);
});

it.each([
  [0, -0],
  [1, 1 + Number.EPSILON],
  [1, 1n],
  [1, null],
  [infinity, -infinity],
  [Uint8Array.of(1, 2), Uint8Array.of(1, 3)],
  [Uint8Array.of(1), Uint8Array.of(1, 2)],
  [[1], [1, 2]],
  [vectorFromArray([1], new Float64()), vectorFromArray([2], new Float64())],
])("%s is not the same as %s", (one, other) => {
  expect(sameValue(one, other)).toBe(false);
});

it("takes a tolerance of the larger one, and for no infinity", () => {
  expect(sameValue(1e6, 1e6 + 1e-4, 1e-9)).toBe(true);
  expect(sameValue([1e6], [1e6 + 1e-2], 1e-9)).toBe(false);
  expect(sameValue(0, -0, 1e-9)).toBe(true);
  expect(sameValue(infinity, 1, 1e-9)).toBe(false);
  expect(sameValue("1", "1.0", 1)).toBe(false);
});
