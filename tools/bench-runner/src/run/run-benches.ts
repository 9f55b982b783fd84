import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, runProcess, tryGit } from "@uni/processes";
import { describeMachine } from "@uni/reports";
import { BenchError } from "../bench-error.ts";
import { machineText } from "../report/machine.ts";
import { type BenchMeasure, measureSchema, type Report, writeReport } from "../report/report.ts";
import { reportPath } from "../report/report-path.ts";
import { type Bench, chooseNames, findBenches } from "./find-benches.ts";

export interface RunOptions {
  /** Of the repository. */
  readonly root: URL;
  readonly only?: readonly string[] | undefined;
  readonly quick: boolean;
  readonly out?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Runs benches one after another, each in a process of its own, and writes the report anew after each,
 * so that a run that is ended leaves what it has.
 *
 * @throws BenchError where one fails, after the others; and where the run is ended.
 */
export async function runBenches({ root, only, quick, out, signal }: RunOptions): Promise<void> {
  const benches = findBenches(root);
  const names = chooseNames(
    benches.map(({ name }) => name),
    only,
  );
  let report = startReport(root, names, quick);
  const file = out ?? reportPath(root, report, only);
  note(machineText(report.machine));
  const failures: string[] = [];
  for (const [at, bench] of benches.filter(({ name }) => names.includes(name)).entries()) {
    const progress = `${at + 1}/${names.length} ${bench.name}`;
    note(`\n${progress} …`);
    const start = performance.now();
    const { measures, failure } = await runBench(root, bench, quick, signal);
    if (signal.aborted) throw new BenchError(`${signal.reason}; ${whatIsThere(report, file)}`);
    note(`\n${progress} … ${((performance.now() - start) / 1000).toFixed(0)} s`);
    if (failure !== undefined) {
      failures.push(`${bench.name} ${failure}`);
      continue;
    }
    report = {
      ...report,
      measures: [...report.measures, ...measures],
      unfinished: report.unfinished.filter((name) => name !== bench.name),
    };
    writeReport(file, report);
  }
  if (failures.length > 0) {
    throw new BenchError(`${failures.join(", ")}, see above; ${whatIsThere(report, file)}`);
  }
  note(`\n${whatIsThere(report, file)}`);
}

function startReport(root: URL, names: readonly string[], quick: boolean): Report {
  const commit = tryGit(root, "rev-parse", "HEAD")?.trim();
  if (commit === undefined) throw new BenchError(`${root.pathname} is no git repository`);
  return {
    schema: 1,
    commit,
    dirty: git(root, "status", "--porcelain") !== "",
    date: new Date().toISOString(),
    quick,
    machine: describeMachine(),
    measures: [],
    unfinished: names,
  };
}

async function runBench(root: URL, { name, file }: Bench, quick: boolean, signal: AbortSignal) {
  const folder = mkdtempSync(join(tmpdir(), "uni-bench-"));
  const lines = join(folder, "measures");
  try {
    const { status, output } = await runProcess(process.execPath, [...process.execArgv, file], {
      cwd: root,
      signal,
      env: { ...process.env, UNI_BENCH_MEASURES: lines, UNI_BENCH_QUICK: quick ? "1" : "0" },
      live: true,
    });
    const measures = existsSync(lines) ? measuresIn(name, readFileSync(lines, "utf8")) : [];
    if (status !== 0) return { measures, failure: `failed (${output || `exit code ${status}`})` };
    return { measures, failure: measures.length === 0 ? "has no measures" : undefined };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measuresIn(bench: string, lines: string): BenchMeasure[] {
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => ({ bench, ...measureSchema.parse(JSON.parse(line)) }));
}

function whatIsThere({ measures, unfinished }: Report, file: string): string {
  const done = [...new Set(measures.map(({ bench }) => bench))];
  if (done.length === 0) return "nothing was written";
  const missing = unfinished.length === 0 ? "" : `, and lacks ${unfinished.join(", ")}`;
  return `${file} has ${done.join(", ")}${missing}`;
}

function note(text: string): void {
  console.error(text);
}
