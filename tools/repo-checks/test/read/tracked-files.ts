import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../../..", import.meta.url));

/** The files of the repository that match, by their paths from its root. */
export function trackedFiles(...patterns: readonly string[]): string[] {
  // Also what nobody has added yet, so that a file is checked before it is committed; and also in a
  // checkout that belongs to somebody else.
  const listing = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const args = ["-c", "safe.directory=*", ...listing, ...patterns];
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`expected git to list the files, got: ${stderr}`);
  return stdout.split("\n").filter((path) => path !== "");
}
