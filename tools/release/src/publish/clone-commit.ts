import { requireSuccess } from "@uni/processes";

export interface Clone {
  readonly commit: string;
  /** Whether the work tree has changes that the clone does not have. */
  readonly dirty: boolean;
}

/** Clones the commit that is checked out, and installs its dependencies as its lockfile says. */
export async function cloneCommit(root: string, to: string, signal: AbortSignal): Promise<Clone> {
  const git = (...args: readonly string[]) => requireSuccess("git", args, { cwd: root, signal });
  const commit = (await git("rev-parse", "HEAD")).trim();
  const dirty = (await git("status", "--porcelain")).trim() !== "";
  await git("clone", "--quiet", "--no-checkout", root, to);
  const inClone = { cwd: to, signal };
  await requireSuccess("git", ["checkout", "--quiet", "--detach", commit], inClone);
  await requireSuccess("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], inClone);
  return { commit, dirty };
}
