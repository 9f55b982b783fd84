import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import parseChangeset from "@changesets/parse";
import { git } from "@uni/processes";
import type { PublicPackage } from "../public-packages.ts";
import { changedFiles } from "./changed-files.ts";

const CHANGESETS = ".changeset";

/**
 * Says which packages have an API report that was changed last without a changeset: none that names the
 * package was added or edited by the commit of that change, by a later one, or in the work tree. What
 * has no history passes: a copy without `.git`, and the first commit, which a shallow clone has too.
 */
export function undescribedChanges(root: string, packages: readonly PublicPackage[]): string[] {
  if (!existsSync(join(root, ".git"))) return [];
  return packages.flatMap(({ name, folder }) => {
    const reports = relative(root, join(folder, "api"));
    if (changesetsInWorkTree(root).some((text) => namesPackage(text, name))) return [];
    if (changedFiles(root, reports).length > 0) return [complaint(name, reports, "the work tree")];
    const last = git(root, "log", "-1", "--format=%H%x00%P%x00%s", "--", reports);
    const [commit = "", parent, subject = ""] = last.trim().split("\0");
    if (commit === "" || parent === "") return [];
    for (const text of changesetsSince(root, commit)) if (namesPackage(text, name)) return [];
    return [complaint(name, reports, `${commit.slice(0, 10)} (${subject})`)];
  });
}

function complaint(name: string, reports: string, where: string): string {
  return `${name}: ${reports} changed in ${where}, and no changeset of that change or a later one names the package; run \`pnpm changeset\`, or edit the one that you wrote`;
}

const isChangeset = (path: string): boolean => path.endsWith(".md") && !path.endsWith("README.md");

function changesetsInWorkTree(root: string): string[] {
  return changedFiles(root, CHANGESETS)
    .filter(isChangeset)
    .map((path) => join(root, path))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, "utf8"));
}

/** Those that were added or edited by a commit or after it, also where a release has deleted them. */
function* changesetsSince(root: string, commit: string): Generator<string> {
  const edits = ["--no-renames", "--diff-filter=AM", "--diff-merges=first-parent", "--name-only"];
  const range = ["--reverse", `${commit}^..HEAD`, "--", CHANGESETS];
  const log = git(root, "log", "--format=%H", "-z", ...edits, ...range);
  let current = "";
  for (const line of log.split(/[\0\n]+/)) {
    if (/^[0-9a-f]{40,64}$/.test(line)) current = line;
    else if (isChangeset(line)) yield git(root, "show", `${current}:${line}`);
  }
}

function namesPackage(text: string, name: string): boolean {
  return parseChangeset(text).releases.some((release) => release.name === name);
}
