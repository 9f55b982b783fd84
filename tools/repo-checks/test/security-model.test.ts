import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linksOf } from "./read/markdown.ts";
import { ROOT } from "./read/tracked-files.ts";

const page = readFileSync(join(ROOT, "docs/security.md"), "utf8");
const [, promises = ""] = /^## Promises\n([\s\S]*?)^## /m.exec(page) ?? [];
const rows = promises.split("\n").filter((line) => /^\| (?!promise \||-)/.test(line));

/** Whether there are tests: a file or a folder of them, or the checks that loaders are held to. */
function isTested(link: string): boolean {
  const path = join(ROOT, "docs", link);
  if (path.startsWith(join(ROOT, "packages/conformance/src/loader/"))) return true;
  if (!statSync(path).isDirectory()) return path.endsWith(".test.ts");
  return readdirSync(path, { recursive: true, encoding: "utf8" }).some((name) =>
    name.endsWith(".test.ts"),
  );
}

describe("a promise of the security model", () => {
  it("is one of many", () => {
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows.map((row) => [row.split("|")[1]?.trim(), row]))("has tests: %s", (_promise, row) => {
    // The last cell is what it is tested in; the others may explain it.
    const links = linksOf(row.split(" | ").at(-1) ?? "");
    expect(links).not.toEqual([]);
    expect(links.filter((link) => !isTested(link))).toEqual([]);
  });
});
