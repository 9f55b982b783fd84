import { fileURLToPath } from "node:url";
import { pnpmCommand, runProcess, tryGit } from "@uni/processes";
import { BenchError } from "../bench-error.ts";
import { type Report, readReport } from "../report/report.ts";
import { chooseNames } from "../run/find-benches.ts";
import { mergeReports } from "./merge-reports.ts";
import { withWorktrees } from "./worktrees.ts";

export interface Revision {
  /** As it was asked for, such as `main`. */
  readonly name: string;
  readonly commit: string;
}

export interface MeasureOptions {
  /** Of the repository. */
  readonly root: URL;
  readonly only?: readonly string[] | undefined;
  readonly quick: boolean;
  readonly signal: AbortSignal;
  /** The command; by default the pnpm that runs this. */
  readonly pnpm?: readonly string[];
  /** Told what is done next. */
  progress(text: string): void;
}

/** How often each bench is run of each revision, in turns: a machine that drifts slows all of them. */
const TURNS = 2;

/**
 * Builds each revision in a worktree of its own and runs its benches, A, B, A, B.
 *
 * @throws BenchError where a revision has no `pnpm bench` or one of its commands fails.
 */
export async function measureRevisions(
  revisions: readonly Revision[],
  options: MeasureOptions,
): Promise<Report[]> {
  const { root, only, progress } = options;
  for (const revision of revisions) requireBench(root, revision);
  const commits = revisions.map(({ commit }) => commit);
  return withWorktrees(root, commits, async (folders) => {
    const built: Built[] = [];
    for (const [at, revision] of revisions.entries()) {
      const folder = folders[at] ?? root;
      progress(`${revision.name}: installing`);
      await pnpm(revision, folder, ["install", "--frozen-lockfile", "--prefer-offline"], options);
      progress(`${revision.name}: building`);
      await pnpm(revision, folder, ["build"], options);
      const list = await pnpm(revision, folder, ["--silent", "bench", "--list"], options);
      built.push({ revision, folder, names: list.trim().split("\n"), reports: [] });
    }
    const all = [...new Set(built.flatMap(({ names }) => names))];
    const chosen = chooseNames(all, only);
    for (const [at, name] of chosen.entries()) {
      for (let turn = 1; turn <= TURNS; turn++) {
        for (const one of built.filter(({ names }) => names.includes(name))) {
          progress(
            `${at + 1}/${chosen.length} ${name}: ${one.revision.name}, run ${turn}/${TURNS}`,
          );
          one.reports.push(await runOne(one, name, options));
        }
      }
    }
    return built.map(({ revision, reports: [first, ...others] }) => {
      if (first !== undefined) return mergeReports(first, ...others);
      throw new BenchError(`${revision.name} has none of the benches ${chosen.join(", ")}`);
    });
  });
}

interface Built {
  readonly revision: Revision;
  readonly folder: URL;
  readonly names: readonly string[];
  readonly reports: Report[];
}

function requireBench(root: URL, { name, commit }: Revision): void {
  const manifest = tryGit(root, "show", `${commit}:package.json`) ?? "{}";
  if (JSON.parse(manifest).scripts?.["bench:compare"] !== undefined) return;
  throw new BenchError(
    `${name} (${commit.slice(0, 10)}) has no "pnpm bench", so it cannot be measured; expected a revision whose package.json has the script`,
  );
}

async function runOne(
  { revision, folder }: Built,
  name: string,
  options: MeasureOptions,
): Promise<Report> {
  const file = fileURLToPath(new URL("reports/compared.json", folder));
  const quick = options.quick ? ["--quick"] : [];
  await pnpm(revision, folder, ["bench", "--only", name, "--out", file, ...quick], options);
  return readReport(file);
}

async function pnpm(
  { name }: Revision,
  folder: URL,
  args: readonly string[],
  { signal, pnpm: [command = "pnpm", ...first] = pnpmCommand() }: MeasureOptions,
): Promise<string> {
  const { status, output } = await runProcess(command, [...first, ...args], {
    cwd: folder,
    signal,
  });
  if (signal.aborted) throw new BenchError(`${signal.reason}; nothing is left behind`);
  if (status === 0) return output;
  throw new BenchError(`"pnpm ${args.join(" ")}" of ${name} failed:\n${output.trimEnd()}`);
}
