import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readReport, writeReport } from "../src/report/report.ts";
import { reportPath } from "../src/report/report-path.ts";
import { measureOf, reportOf } from "./sample-report.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const report = reportOf(
  [
    measureOf("a copy", 0.5),
    measureOf("ours encodes", 1.5, 3),
    measureOf("size", 1000, undefined, { unit: "bytes" }),
  ],
  { dirty: true, quick: true, unfinished: ["loaders"] },
);

it("a report that is written is read as it was, from folders that were not there", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "reports/bench/a.json");
  writeReport(file, report);
  expect(readReport(file)).toEqual(report);
});

it.each([
  ["another schema", { ...report, schema: 2 }, "schema: "],
  ["a field that is unknown", { ...report, more: 1 }, "the whole: .*more"],
  [
    "a measure of no known unit",
    { ...report, measures: [measureOf("a", 1, 1, { unit: "s" as "ms" })] },
    "measures.0.unit: ",
  ],
  [
    "two measures of one name",
    { ...report, measures: [measureOf("a", 1), measureOf("a", 2)] },
    "measures: .*ipc / 4 doubles / a",
  ],
  ["a commit that is none", { ...report, commit: "main" }, "commit: "],
])("a file with %s is refused, and the place is named", (_, content, where) => {
  using folder = temporaryFolder();
  const file = join(folder.path, "a.json");
  writeFileSync(file, JSON.stringify(content));
  expect(() => readReport(file)).toThrow(
    new RegExp(`^${file}: expected a report that "pnpm bench" wrote, with schema 1; ${where}`),
  );
});

it("a file that is missing or is no JSON is refused by its name", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "a.json");
  expect(() => readReport(file)).toThrow(`${file} cannot be read: ENOENT`);
  writeReport(file, report);
  writeFileSync(file, readFileSync(file, "utf8").slice(0, 100));
  expect(() => readReport(file)).toThrow(`${file} cannot be read: `);
});

it("what is not the whole of a commit's benches takes no whole report's place", () => {
  const root = new URL("file:///repository/");
  const commit = "0123456789".repeat(4);
  const clean = { commit, dirty: false, quick: false };
  expect([
    reportPath(root, clean, undefined),
    reportPath(root, { ...clean, dirty: true }, undefined),
    reportPath(root, { ...clean, quick: true }, ["loaders", "ipc"]),
  ]).toEqual([
    "/repository/reports/bench/0123456789.json",
    "/repository/reports/bench/0123456789-dirty.json",
    "/repository/reports/bench/0123456789-quick-ipc+loaders.json",
  ]);
});
