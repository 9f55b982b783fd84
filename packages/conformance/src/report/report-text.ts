import { styleText } from "node:util";
import type { CheckResult, Report } from "./report.ts";

const SIGNS = { passed: "✔", failed: "✖", exempt: "–" } as const;
const COLOURS = { passed: "green", failed: "red", exempt: "yellow" } as const;

/** How a report is written. */
export interface ReportTextOptions {
  /** Whether to colour it; a terminal that has colours is the place for them. */
  readonly colours?: boolean;
}

/** A report for people: a line for each check, and one that sums them up. */
export function reportText(report: Report, options: ReportTextOptions = {}): string {
  const { subject, passed, failed, exempt } = report;
  const lines = report.checks.map((result) => resultText(result, options));
  const rest = exempt === 0 ? "" : `, ${exempt} not applicable`;
  return [`${subject}`, ...lines, `${passed} passed, ${failed} failed${rest}`].join("\n");
}

/** One line of such a report, and what was found below it. */
export function resultText(
  result: CheckResult,
  { colours = false }: ReportTextOptions = {},
): string {
  const { status, title, id, message } = result;
  const sign = colours ? styleText(COLOURS[status], SIGNS[status]) : SIGNS[status];
  const found = message === undefined ? "" : `\n      ${message.replaceAll("\n", "\n      ")}`;
  return `  ${sign} ${title} (${id})${found}`;
}
