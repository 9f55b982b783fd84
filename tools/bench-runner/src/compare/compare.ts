import { existsSync } from "node:fs";
import { tryGit } from "@uni/processes";
import { BenchError } from "../bench-error.ts";
import { machineDifferences, machineText } from "../report/machine.ts";
import { type Report, readReport, writeReport } from "../report/report.ts";
import { reportPath } from "../report/report-path.ts";
import { compareReports } from "./compare-reports.ts";
import { comparisonText } from "./comparison-text.ts";
import { type MeasureOptions, measureRevisions, type Revision } from "./measure-revisions.ts";

export interface CompareOptions extends MeasureOptions {
  /** Whether reports of different machines are compared, by their ratios. */
  readonly anyway: boolean;
}

/**
 * What changed from A to B, each a file that `pnpm bench` wrote or a revision of git.
 *
 * @throws BenchError where one of them is neither, or the machines differ.
 */
export async function compare(a: string, b: string, options: CompareOptions): Promise<string> {
  const found = [a, b].map((given) => reportOrRevision(given, options));
  const missing = found.flatMap((one) => ("schema" in one ? [] : one));
  const measured = missing.length === 0 ? [] : await measureRevisions(missing, options);
  for (const report of measured)
    writeReport(reportPath(options.root, report, options.only), report);
  const [first, second] = found.map((one) => ("schema" in one ? one : measured.shift()));
  if (first === undefined || second === undefined) throw new Error("a revision was not measured");
  return textOf(chosen(first, options), chosen(second, options), options.anyway);
}

function textOf(a: Report, b: Report, anyway: boolean): string {
  const differences = machineDifferences(a.machine, b.machine);
  if (differences.length > 0 && !anyway) {
    throw new BenchError(
      `the reports are of different machines (${differences.join("; ")}); "--anyway" compares their ratios to the floors`,
    );
  }
  const ratiosOnly = differences.length > 0;
  return [
    `A: ${headOf(a)}`,
    `B: ${headOf(b)}`,
    ...(ratiosOnly ? ["Different machines, so only ratios are compared."] : []),
    "",
    comparisonText(compareReports(a, b), ratiosOnly),
  ].join("\n");
}

function headOf({ commit, dirty, quick, date, machine, unfinished }: Report): string {
  return [
    `${commit.slice(0, 10)}${dirty ? " and changes" : ""}${quick ? ", a quick run" : ""}`,
    ...(unfinished.length === 0 ? [] : [`without ${unfinished.join(", ")}`]),
    date,
    machineText(machine),
  ].join(", ");
}

function chosen(report: Report, { only }: CompareOptions): Report {
  if (only === undefined) return report;
  return { ...report, measures: report.measures.filter(({ bench }) => only.includes(bench)) };
}

function reportOrRevision(given: string, options: CompareOptions): Report | Revision {
  if (given.endsWith(".json")) return readReport(given);
  const { root, quick, only } = options;
  const commit = tryGit(
    root,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${given}^{commit}`,
  )?.trim();
  if (commit === undefined) {
    throw new BenchError(
      `expected a file that ends with .json or a revision of git, got "${given}"`,
    );
  }
  const file = reportPath(root, { commit, dirty: false, quick }, only);
  const stored = existsSync(file) ? readReport(file) : undefined;
  if (stored === undefined || stored.unfinished.length > 0) return { name: given, commit };
  options.progress(`${given}: from ${file}`);
  return stored;
}
