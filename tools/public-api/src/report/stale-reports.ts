import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { PublicPackage } from "../public-packages.ts";
import type { ApiReport } from "./extract-reports.ts";

const REMEDY = "run `pnpm api`, and commit what it writes";

/** Says which committed reports are not what the packages export, and where each begins to differ. */
export function staleReports(root: string, reports: readonly ApiReport[]): string[] {
  return reports.flatMap(({ package: name, path, text }) => {
    const shown = relative(root, path);
    if (!existsSync(path)) return [`${name}: there is no ${shown}; ${REMEDY}`];
    const committed = readFileSync(path, "utf8");
    if (committed === text) return [];
    return [`${name}: ${shown} is stale; ${REMEDY}\n${firstDifference(committed, text)}`];
  });
}

/** The files among the reports that are of no entry point any more. */
export function strayReports(
  packages: readonly PublicPackage[],
  reports: readonly ApiReport[],
): string[] {
  const known = new Set(reports.map(({ path }) => path));
  return packages
    .map(({ folder }) => join(folder, "api"))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => !known.has(path));
}

const SHOWN_LINES = 3;

function firstDifference(committed: string, built: string): string {
  const [before, after] = [committed.split("\n"), built.split("\n")];
  const at = after.findIndex((line, index) => line !== before[index]);
  // Where there is no such line, the committed one goes on.
  const start = at < 0 ? after.length : at;
  const shown = (lines: readonly string[], sign: string): string[] =>
    lines.slice(start, start + SHOWN_LINES).map((line) => `  ${sign} ${line}`);
  return [`  line ${start + 1}`, ...shown(before, "-"), ...shown(after, "+")].join("\n");
}
