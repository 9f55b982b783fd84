import { formatFigure, formatRatio } from "@uni/bench";
import { keyOf } from "../report/report.ts";
import type { Change, Comparison, Pair } from "./compare-reports.ts";

const NAME_WIDTH = 50;
const VALUES = ["A", "B", "B/A"];
const RATIOS = ["A ÷ floor", "B ÷ floor", "B/A"];

/**
 * The comparison for people, one table after the other.
 *
 * @param ratiosOnly of another machine, times say nothing.
 */
export function comparisonText(comparison: Comparison, ratiosOnly: boolean): string {
  const pairs = comparison.pairs.filter(({ ratio }) => !ratiosOnly || ratio !== undefined);
  const tables = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const title = `${pair.a.bench}: ${pair.a.table}`;
    tables.set(title, [...(tables.get(title) ?? []), pair]);
  }
  return [
    ...[...tables].flatMap(([title, ofTable]) => [
      lineOf(title, [...(ratiosOnly ? [] : VALUES), ...RATIOS].map(aligned)),
      ...ofTable.map((pair) =>
        lineOf(`  ${pair.a.name}`, [...(ratiosOnly ? [] : valuesOf(pair)), ...ratiosOf(pair)]),
      ),
      "",
    ]),
    summaryOf(pairs, ratiosOnly),
    ...onlyIn("A", comparison.onlyInA.map(keyOf)),
    ...onlyIn("B", comparison.onlyInB.map(keyOf)),
  ].join("\n");
}

function summaryOf(pairs: readonly Pair[], ratiosOnly: boolean): string {
  const counted = (what: string, changes: readonly Change[]) =>
    `${changes.filter(({ marked }) => marked).length} of ${changes.length} ${what}`;
  const ratios = pairs.flatMap(({ ratio }) => ratio ?? []);
  const values = pairs.map(({ value }) => value);
  const counts = [
    counted("ratios to a floor", ratios),
    ...(ratiosOnly ? [] : [counted("times, sizes and shares", values)]),
  ];
  return `${counts.join(" and ")} changed by more than their spread`;
}

function lineOf(name: string, cells: readonly string[]): string {
  return `${name.padEnd(NAME_WIDTH)} ${cells.map((cell) => cell.padStart(11)).join("")}`.trimEnd();
}

/** A factor has room for its mark behind it. */
function aligned(heading: string): string {
  return heading === "B/A" ? `${heading}     ` : heading;
}

function valuesOf({ a, b, value }: Pair): string[] {
  return [formatFigure(a.median, a.unit), formatFigure(b.median, b.unit), factorOf(value)];
}

function ratiosOf({ a, b, ratio }: Pair): string[] {
  if (ratio === undefined || a.floor === null || b.floor === null) return [];
  return [formatRatio(a.floor.ratio), formatRatio(b.floor.ratio), factorOf(ratio)];
}

function factorOf({ factor, marked }: Change): string {
  const mark = marked ? (factor > 1 ? "more" : "less") : "";
  return `${formatRatio(factor)} ${mark.padEnd(4)}`;
}

function onlyIn(name: string, keys: readonly string[]): string[] {
  return keys.length === 0 ? [] : ["", `only in ${name}:`, ...keys.map((key) => `  ${key}`)];
}
