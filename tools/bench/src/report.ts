import { appendFileSync } from "node:fs";
import { formatFigure, formatRatio } from "./format-figure.ts";
import type { Measure, Unit } from "./measure.ts";
import { measuresOf } from "./measures-of.ts";

/** Prints a table, and hands its measures to the command that runs this bench, where one does. */
export function report(measures: readonly Measure[]): void {
  const [first] = measures;
  if (first === undefined) throw new Error("a table has one case at least, and this one has none");
  console.log(`\n${first.table}${first.runs > 1 ? `, medians of ${first.runs}` : ""}`);
  for (const measure of measures) console.log(lineOf(measure));
  const { UNI_BENCH_MEASURES: file } = process.env;
  // A line each: the processes of one bench add to one file.
  if (file !== undefined) {
    appendFileSync(file, measures.map((measure) => `${JSON.stringify(measure)}\n`).join(""));
  }
}

/** Reports what is counted instead of timed, and so known after one run, as a table. */
export function reportFigures(
  table: string,
  unit: Exclude<Unit, "ms">,
  figures: Readonly<Record<string, number>>,
): void {
  const rounds = Object.entries(figures).map(([name, value]) => {
    return { name, perRound: [value], runs: 1 };
  });
  report(measuresOf(table, unit, rounds));
}

function lineOf({ name, unit, median, spread, runs, floor }: Measure): string {
  const percent = (((spread.high - spread.low) / 2 / median) * 100).toFixed(0);
  return [
    `  ${name.padEnd(50)}`,
    formatFigure(median, unit).padStart(10),
    runs === 1 ? "" : `± ${percent} %`.padStart(8),
    floor === null ? "" : `${formatRatio(floor.ratio)} x`.padStart(10),
  ]
    .join(" ")
    .trimEnd();
}
