import { fileURLToPath } from "node:url";
import { git } from "@uni/processes";

export const ROOT: string = fileURLToPath(new URL("../../../..", import.meta.url));

/** The files of the repository that match, by their paths from its root. */
export function trackedFiles(...patterns: readonly string[]): string[] {
  // Also what nobody has added yet, so that a file is checked before it is committed.
  const listing = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  return git(ROOT, ...listing, ...patterns)
    .split("\n")
    .filter((path) => path !== "");
}
