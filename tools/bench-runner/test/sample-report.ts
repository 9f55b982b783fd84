import type { BenchMeasure, Report } from "../src/report/report.ts";

/** A measure of the bench `ipc`, with a spread of a tenth to each side. */
export function measureOf(
  name: string,
  median: number,
  ratio?: number,
  changes: Partial<BenchMeasure> = {},
): BenchMeasure {
  const around = (value: number) => ({ low: value * 0.9, high: value * 1.1 });
  return {
    bench: "ipc",
    table: "4 doubles",
    name,
    unit: "ms",
    median,
    spread: around(median),
    runs: 300,
    floor: ratio === undefined ? null : { name: "a copy", ratio, ...around(ratio) },
    ...changes,
  };
}

export function reportOf(measures: readonly BenchMeasure[], changes: Partial<Report> = {}): Report {
  return {
    schema: 1,
    commit: "0123456789".repeat(4),
    dirty: false,
    date: "2026-01-02T03:04:05.678Z",
    quick: false,
    machine: {
      cpu: "Some CPU",
      cores: 2,
      memoryGib: 24,
      os: "Linux 6.1 x86_64",
      node: "20.20.2",
      v8: "11.3.244.8",
      loadAverage: 0.25,
    },
    measures,
    unfinished: [],
    ...changes,
  };
}
