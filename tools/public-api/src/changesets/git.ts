import { execFileSync } from "node:child_process";

/** What git prints, run in a folder. */
export function git(folder: string, ...args: readonly string[]): string {
  // Whoever runs this runs the folder's code anyway, so it may be another user's, as in a container.
  return execFileSync("git", ["-c", "safe.directory=*", "-C", folder, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The files under a path that are not as they were committed, untracked ones included. */
export function changedFiles(root: string, path: string): string[] {
  const status = git(root, "status", "--porcelain", "-z", "-uall", "--no-renames", "--", path);
  return status
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => entry.slice("XY ".length));
}
