import { formatFigure, formatRatio } from "@uni/bench";
import { machineText } from "../report/machine.ts";
import type { BenchMeasure, Report } from "../report/report.ts";

/** The figures of one bench as Markdown: where they come from, and its tables. */
export function figuresOf(report: Report, bench: string): string {
  const { commit, dirty, date, machine } = report;
  const measures = report.measures.filter((measure) => measure.bench === bench);
  const source = `Commit ${commit.slice(0, 10)}${dirty ? " with changes" : ""}, ${date.slice(0, 10)}: ${machineText(machine)}.`;
  const grids = [...groups(measures).values()].map((tables) => markdown(gridOf(tables)));
  return [source, ...grids].join("\n\n");
}

/** A table of the bench: its measures in their order. */
type Table = readonly [title: string, measures: readonly BenchMeasure[]];

/** Tables of the same cases in the same unit go together. */
function groups(measures: readonly BenchMeasure[]): Map<string, Table[]> {
  const tables = new Map<string, BenchMeasure[]>();
  for (const measure of measures) {
    tables.set(measure.table, [...(tables.get(measure.table) ?? []), measure]);
  }
  const groups = new Map<string, Table[]>();
  for (const table of tables) {
    const cases = JSON.stringify(table[1].map(({ name, unit }) => [name, unit]));
    groups.set(cases, [...(groups.get(cases) ?? []), table]);
  }
  return groups;
}

/** Rows of cells, the longer side downwards. */
function gridOf(tables: readonly Table[]): string[][] {
  const names = tables[0]?.[1].map(({ name }) => name) ?? [];
  const byTable = [
    ["", ...names],
    ...tables.map(([title, measures]) => [title, ...measures.map(cellOf)]),
  ];
  if (tables.length > names.length) return byTable;
  return (byTable[0] ?? []).map((_, column) => byTable.map((row) => row[column] ?? ""));
}

/** What has a floor is its ratio to that; the floor has its figure. */
function cellOf({ median, unit, floor }: BenchMeasure): string {
  return floor === null ? formatFigure(median, unit) : formatRatio(floor.ratio);
}

function markdown([head = [], ...rows]: readonly string[][]): string {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
