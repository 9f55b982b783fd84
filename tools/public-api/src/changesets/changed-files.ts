import { git } from "@uni/processes";

/** The files under a path that are not as they were committed, untracked ones included. */
export function changedFiles(root: string, path: string): string[] {
  const status = git(root, "status", "--porcelain", "-z", "-uall", "--no-renames", "--", path);
  return status
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => entry.slice("XY ".length));
}
