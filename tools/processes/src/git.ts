import { execFileSync } from "node:child_process";

/**
 * What git prints, run in a folder.
 *
 * @throws Error where git refuses, or cannot be started.
 */
export function git(folder: string | URL, ...args: readonly string[]): string {
  // Whoever runs this runs the folder's code anyway, so it may be another user's, as in a container.
  return execFileSync("git", ["-c", "safe.directory=*", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** As `git`, and undefined where git refuses. */
export function tryGit(folder: string | URL, ...args: readonly string[]): string | undefined {
  try {
    return git(folder, ...args);
  } catch (error) {
    // Git's own refusal, and not that it could not be started.
    if (error instanceof Error && "status" in error && typeof error.status === "number") {
      return undefined;
    }
    throw error;
  }
}
