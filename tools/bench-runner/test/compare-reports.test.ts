import { describe, expect, it } from "vitest";
import { compareReports } from "../src/compare/compare-reports.ts";
import { comparisonText } from "../src/compare/comparison-text.ts";
import { mergeReports } from "../src/compare/merge-reports.ts";
import type { BenchMeasure } from "../src/report/report.ts";
import { measureOf, reportOf } from "./sample-report.ts";

const comparisonOf = (a: readonly BenchMeasure[], b: readonly BenchMeasure[]) =>
  compareReports(reportOf(a), reportOf(b));

describe("comparing", () => {
  it("marks what changed by more than the spread of both", () => {
    const { pairs } = comparisonOf([measureOf("encode", 1, 2)], [measureOf("encode", 1.5, 3)]);
    expect(pairs).toMatchObject([
      { value: { factor: 1.5, marked: true }, ratio: { factor: 1.5, marked: true } },
    ]);
  });

  it("leaves noise unmarked", () => {
    const { pairs } = comparisonOf([measureOf("encode", 1, 2)], [measureOf("encode", 1.1, 1.8)]);
    expect(pairs).toMatchObject([
      { value: { factor: 1.1, marked: false }, ratio: { factor: 0.9, marked: false } },
    ]);
  });

  it("tells a slower machine from slower code: times change, and ratios do not", () => {
    const { pairs } = comparisonOf([measureOf("encode", 1, 2)], [measureOf("encode", 3, 2.05)]);
    expect(pairs).toMatchObject([{ value: { marked: true }, ratio: { marked: false } }]);
  });

  it("marks any change of what is counted and has no spread", () => {
    const size = (bytes: number) => {
      return measureOf("size", bytes, undefined, {
        unit: "bytes",
        spread: { low: bytes, high: bytes },
      });
    };
    expect(comparisonOf([size(1000)], [size(1001)]).pairs).toMatchObject([
      { value: { marked: true } },
    ]);
    expect(comparisonOf([size(0)], [size(0)]).pairs).toMatchObject([
      { value: { factor: 1, marked: false } },
    ]);
  });

  it("compares no ratios to different floors", () => {
    const other = measureOf("encode", 1, undefined, {
      floor: { name: "another", ratio: 9, low: 9, high: 9 },
    });
    const { pairs } = comparisonOf([measureOf("encode", 1, 2)], [other]);
    expect(pairs.map(({ ratio }) => ratio)).toEqual([undefined]);
  });

  it("lists what is in one of them alone", () => {
    const { pairs, onlyInA, onlyInB } = comparisonOf(
      [measureOf("both", 1), measureOf("gone", 1)],
      [measureOf("both", 1), measureOf("new", 1)],
    );
    const names = [pairs.map(({ a }) => a), onlyInA, onlyInB].map((measures) => {
      return measures.map(({ name }) => name);
    });
    expect(names).toEqual([["both"], ["gone"], ["new"]]);
  });
});

describe("the text of a comparison", () => {
  const comparison = comparisonOf(
    [measureOf("a copy", 0.5), measureOf("ours encodes", 1, 2), measureOf("gone", 1, 2)],
    [measureOf("a copy", 0.51), measureOf("ours encodes", 2, 4), measureOf("new", 1, 2)],
  );
  const words = (text: string) => text.split("\n").map((line) => line.trim().split(/\s{2,}/));

  it("has times and ratios, and marks what changed", () => {
    expect(words(comparisonText(comparison, false))).toEqual([
      ["ipc: 4 doubles", "A", "B", "B/A", "A ÷ floor", "B ÷ floor", "B/A"],
      ["a copy", "500 µs", "510 µs", "1.02"],
      ["ours encodes", "1 ms", "2 ms", "2 more", "2", "4", "2 more"],
      [""],
      [
        "1 of 1 ratios to a floor and 1 of 2 times, sizes and shares changed by more than their spread",
      ],
      [""],
      ["only in A:"],
      ["ipc / 4 doubles / gone"],
      [""],
      ["only in B:"],
      ["ipc / 4 doubles / new"],
    ]);
  });

  it("has ratios alone where the machines differ", () => {
    expect(words(comparisonText(comparison, true)).slice(0, 4)).toEqual([
      ["ipc: 4 doubles", "A ÷ floor", "B ÷ floor", "B/A"],
      ["ours encodes", "2", "4", "2 more"],
      [""],
      ["1 of 1 ratios to a floor changed by more than their spread"],
    ]);
  });
});

it("runs of one commit become one, whose spread holds what they drifted", () => {
  const merged = mergeReports(
    reportOf([measureOf("encode", 1, 2)]),
    reportOf([measureOf("encode", 2, 4), measureOf("decode", 1)]),
  );
  expect(merged.measures).toEqual([
    measureOf("encode", 1.5, undefined, {
      spread: { low: 0.9, high: 2.2 },
      runs: 600,
      floor: { name: "a copy", ratio: 3, low: 1.8, high: 4.4 },
    }),
    measureOf("decode", 1),
  ]);
});
