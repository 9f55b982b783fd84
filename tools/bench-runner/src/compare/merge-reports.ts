import { type FloorRatio, quantile, type Spread } from "@uni/bench";
import { type BenchMeasure, keyOf, type Report } from "../report/report.ts";

/** One report of several runs of the same commit: medians of medians, and spreads that hold all. */
export function mergeReports(first: Report, ...others: readonly Report[]): Report {
  const byKey = new Map<string, BenchMeasure[]>();
  for (const measure of [first, ...others].flatMap(({ measures }) => measures)) {
    byKey.set(keyOf(measure), [...(byKey.get(keyOf(measure)) ?? []), measure]);
  }
  return { ...first, measures: [...byKey.values()].flatMap(mergeMeasures) };
}

function mergeMeasures(measures: readonly BenchMeasure[]): BenchMeasure[] {
  const [first] = measures;
  if (first === undefined) return [];
  const floors = measures.flatMap(({ floor }) => floor ?? []);
  return [
    {
      ...first,
      median: medianOf(measures.map(({ median }) => median)),
      spread: around(measures.map(({ spread }) => spread)),
      runs: measures.reduce((sum, { runs }) => sum + runs, 0),
      floor: mergeFloors(floors),
    },
  ];
}

function mergeFloors(floors: readonly FloorRatio[]): FloorRatio | null {
  const [first] = floors;
  if (first === undefined) return null;
  return { name: first.name, ratio: medianOf(floors.map(({ ratio }) => ratio)), ...around(floors) };
}

function medianOf(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function around(spreads: readonly Spread[]): Spread {
  return {
    low: Math.min(...spreads.map(({ low }) => low)),
    high: Math.max(...spreads.map(({ high }) => high)),
  };
}
