import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { publicPackages } from "../src/public-packages.ts";
import { extractReports } from "../src/report/extract-reports.ts";
import { staleReports, strayReports } from "../src/report/stale-reports.ts";
import { DeclaredPackage } from "./declared-package.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

it("the committed reports are what the packages export", { timeout: 300_000 }, () => {
  const packages = publicPackages(root);
  const { reports, problems } = extractReports(packages);
  expect(problems).toEqual([]);
  expect(staleReports(root, reports).join("\n")).toBe("");
  const stray = strayReports(packages, reports);
  expect(stray, "these are of no entry point any more; run `pnpm api`").toEqual([]);
});

describe("a report", { timeout: 120_000 }, () => {
  const extracted = ({ root: folder }: DeclaredPackage) => extractReports(publicPackages(folder));

  it("has what an entry point exports, and no comments", () => {
    using declared = new DeclaredPackage(
      'export type A =\n/** The first. */\n"a"\n/**\n * The second.\n */\n | "b";\n/** One. */\nexport declare const a: A;\n',
    );
    const { reports, problems } = extracted(declared);
    expect(problems).toEqual([]);
    expect(reports.map(({ path }) => path)).toEqual([
      join(declared.root, "packages/one/api/index.api.md"),
      join(declared.root, "packages/one/api/a-b.api.md"),
    ]);
    const [, code] = /```ts\n([\s\S]*)```/.exec(reports[0]?.text ?? "") ?? [];
    expect(code?.split("\n").filter((line) => line !== "")).toEqual([
      "// @public",
      "export type A =",
      '"a"',
      '| "b";',
      "// @public",
      "export const a: A;",
    ]);
  });

  it("is stale once the package exports something else", () => {
    using declared = new DeclaredPackage("export declare function f(a: number): void;\n");
    const [before] = extracted(declared).reports;
    declared.write("packages/one/dist/index.d.ts", "export declare function f(a: string): void;\n");
    const [after] = extracted(declared).reports;
    if (before === undefined || after === undefined) throw new Error("there is no report");
    expect(staleReports(declared.root, [before])).toEqual([
      "@test/one: there is no packages/one/api/index.api.md; run `pnpm api`, and commit what it writes",
    ]);
    declared.write("packages/one/api/index.api.md", before.text);
    expect(staleReports(declared.root, [before])).toEqual([]);
    expect(staleReports(declared.root, [after])).toEqual([
      [
        "@test/one: packages/one/api/index.api.md is stale; run `pnpm api`, and commit what it writes",
        "  line 8",
        "  - export function f(a: number): void;",
        "  - ",
        "  - ",
        "  + export function f(a: string): void;",
        "  + ",
        "  + ",
      ].join("\n"),
    ]);
  });

  it("is stray once its entry point is gone", () => {
    using declared = new DeclaredPackage("");
    declared.write("packages/one/api/index.api.md", "");
    declared.write("packages/one/api/gone.api.md", "");
    const path = join(declared.root, "packages/one/api/index.api.md");
    const stray = strayReports(publicPackages(declared.root), [
      { package: "@test/one", path, text: "" },
    ]);
    expect(stray).toEqual([join(declared.root, "packages/one/api/gone.api.md")]);
  });
});
