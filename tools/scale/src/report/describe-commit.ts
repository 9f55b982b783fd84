import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * The commit that is checked out, with `-dirty` where files differ from it.
 *
 * @throws Error where Git, or the repository, is not there.
 */
export function describeCommit(): string {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const args = [
    "-c",
    "safe.directory=*",
    "describe",
    "--always",
    "--dirty",
    "--abbrev=9",
    "--exclude=*",
  ];
  return execFileSync("git", args, { cwd, encoding: "utf8" }).trim();
}
