import { readFileSync, writeFileSync } from "node:fs";
import { BenchError } from "../bench-error.ts";
import type { Report } from "../report/report.ts";
import { figuresOf } from "./figures-of.ts";

/**
 * Puts the figures of a report between the marks of a document, for each bench that it has.
 *
 * @throws BenchError where a bench has no marks, or the report is no record.
 */
export function writeFigures(document: URL, report: Report): void {
  if (report.quick) throw new BenchError("figures of a quick run are not for the record");
  const benches = [...new Set(report.measures.map(({ bench }) => bench))];
  let text = readFileSync(document, "utf8");
  for (const bench of benches) {
    const [start, end] = [`<!-- figures: ${bench} -->`, "<!-- end of figures -->"];
    const from = text.indexOf(start);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new BenchError(`${document.pathname} has no lines "${start}" and "${end}"`);
    }
    text = `${text.slice(0, from)}${start}\n\n${figuresOf(report, bench)}\n\n${text.slice(to)}`;
  }
  writeFileSync(document, text);
}
