import { fileURLToPath } from "node:url";
import type { Report } from "./report.ts";

/** Enough of a commit to be the only one. */
const SHORT = 10;

/**
 * Where a report is kept by default. What is not the whole of a commit's benches has a name of its own,
 * so that it takes no whole report's place.
 */
export function reportPath(
  root: URL,
  { commit, dirty, quick }: Pick<Report, "commit" | "dirty" | "quick">,
  only: readonly string[] | undefined,
): string {
  const marks = [
    commit.slice(0, SHORT),
    ...(dirty ? ["dirty"] : []),
    ...(quick ? ["quick"] : []),
    ...(only === undefined ? [] : [only.toSorted().join("+")]),
  ];
  return fileURLToPath(new URL(`reports/bench/${marks.join("-")}.json`, root));
}
