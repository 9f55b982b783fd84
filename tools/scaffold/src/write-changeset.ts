import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ScaffoldError } from "./scaffold-error.ts";

export interface ChangesetOptions {
  /** Where the changesets are; by default those of this repository. */
  readonly folder?: URL;
}

const CHANGESETS = new URL("../../../.changeset/", import.meta.url);

/**
 * Writes the changeset of a new package.
 *
 * @returns the file.
 * @throws ScaffoldError where the package has one of this name.
 */
export function writeChangeset(
  packageName: string,
  summary: string,
  { folder = CHANGESETS }: ChangesetOptions = {},
): string {
  const name = `new-${packageName.replace(/^@[^/]*\//, "")}.md`;
  const file = fileURLToPath(new URL(name, folder));
  if (existsSync(file)) {
    throw new ScaffoldError(`${file} exists already; is it of an earlier attempt? Remove it then`);
  }
  writeFileSync(file, `---\n"${packageName}": minor\n---\n\n${summary}\n`, { flag: "wx" });
  return file;
}
