import { expect, it } from "vitest";
import { formatFigure, formatRatio } from "../src/index.ts";

it.each([
  [2500, "ms", "2.50 s"],
  [12.34, "ms", "12.3 ms"],
  [0.4567, "ms", "457 µs"],
  [0.000_2, "ms", "200 ns"],
  [16_048_805, "bytes", "16.0 MB"],
  [999, "bytes", "999 B"],
  [0, "bytes", "0 B"],
  [99.5, "%", "99.5 %"],
] as const)("%d %s read %s", (value, unit, text) => {
  expect(formatFigure(value, unit)).toBe(text);
});

it.each([
  [1, "1"],
  [9.999, "10.0"],
  [0.0028, "0.00280"],
  [1234.5, "1235"],
])("a ratio of %d reads %s", (value, text) => {
  expect(formatRatio(value)).toBe(text);
});
