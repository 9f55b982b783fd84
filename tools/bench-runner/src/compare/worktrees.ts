import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runProcess } from "@uni/processes";
import { BenchError } from "../bench-error.ts";

/**
 * A folder with a worktree for each commit, while the work goes on.
 *
 * @throws BenchError where git refuses.
 */
export async function withWorktrees<Result>(
  root: URL,
  commits: readonly string[],
  work: (folders: readonly URL[]) => Promise<Result>,
): Promise<Result> {
  const base = await mkdtemp(join(tmpdir(), "uni-bench-compare-"));
  const folders: URL[] = [];
  try {
    for (const [at, commit] of commits.entries()) {
      const path = join(base, String(at));
      folders.push(pathToFileURL(`${path}/`));
      const { status, output } = await runProcess(
        "git",
        ["worktree", "add", "--detach", path, commit],
        { cwd: root },
      );
      if (status !== 0)
        throw new BenchError(`git makes no worktree of ${commit}: ${output.trim()}`);
    }
    return await work(folders);
  } finally {
    // What is ended writes for a moment more.
    await rm(base, { recursive: true, maxRetries: 5 });
    // Forgets the worktrees whose folders are gone.
    await runProcess("git", ["worktree", "prune"], { cwd: root });
  }
}
