import type { Spread } from "@uni/bench";
import { type BenchMeasure, keyOf, type Report } from "../report/report.ts";

/** What a figure of B is to that of A. */
export interface Change {
  readonly factor: number;
  /** Whether it is more than the spreads of both explain: they have nothing in common. */
  readonly marked: boolean;
}

export interface Pair {
  readonly a: BenchMeasure;
  readonly b: BenchMeasure;
  readonly value: Change;
  /** Of the ratios to the floor; absent where there is none, or another one. */
  readonly ratio?: Change;
}

export interface Comparison {
  readonly pairs: readonly Pair[];
  readonly onlyInA: readonly BenchMeasure[];
  readonly onlyInB: readonly BenchMeasure[];
}

export function compareReports(a: Report, b: Report): Comparison {
  const inA = new Set(a.measures.map(keyOf));
  const inB = new Map(b.measures.map((measure) => [keyOf(measure), measure]));
  return {
    pairs: a.measures.flatMap((measure) => {
      const other = inB.get(keyOf(measure));
      return other === undefined ? [] : [pairOf(measure, other)];
    }),
    onlyInA: a.measures.filter((measure) => !inB.has(keyOf(measure))),
    onlyInB: b.measures.filter((measure) => !inA.has(keyOf(measure))),
  };
}

function pairOf(a: BenchMeasure, b: BenchMeasure): Pair {
  const value = changeOf(a.median, a.spread, b.median, b.spread);
  if (a.floor === null || b.floor === null || a.floor.name !== b.floor.name) return { a, b, value };
  return { a, b, value, ratio: changeOf(a.floor.ratio, a.floor, b.floor.ratio, b.floor) };
}

function changeOf(a: number, ofA: Spread, b: number, ofB: Spread): Change {
  return { factor: a === b ? 1 : b / a, marked: ofA.high < ofB.low || ofB.high < ofA.low };
}
