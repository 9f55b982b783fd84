import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * What git prints, without the line break at its end.
 *
 * @returns undefined where git refuses.
 */
export function git(root: URL, ...args: readonly string[]): string | undefined {
  try {
    const cwd = fileURLToPath(root);
    return execFileSync("git", ["-c", "safe.directory=*", ...args], {
      cwd,
      encoding: "utf8",
      stdio: "pipe",
    }).trimEnd();
  } catch (error) {
    // Git's own refusal, and not that it could not be started.
    if (error instanceof Error && "status" in error && typeof error.status === "number") {
      return undefined;
    }
    throw error;
  }
}
