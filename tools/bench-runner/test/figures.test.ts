import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { writeFigures } from "../src/docs/write-figures.ts";
import { findBenches } from "../src/run/find-benches.ts";
import { measureOf, reportOf } from "./sample-report.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const DOCUMENT = `# Performance

<!-- figures: ipc -->
old
<!-- end of figures -->

<!-- figures: loaders -->
stays
<!-- end of figures -->
`;

it("the figures of a report replace those between the marks of its benches", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "performance.md");
  writeFileSync(file, DOCUMENT);
  const tables = ["1 row", "10 rows", "100 rows"].flatMap((table, at) => [
    measureOf("a copy", at + 1, undefined, { table }),
    measureOf("ours", at + 1, at + 1.5, { table }),
  ]);
  const size = { table: "size", unit: "bytes" } as const;
  writeFigures(
    pathToFileURL(file),
    reportOf([
      ...tables,
      measureOf("before", 2000, undefined, size),
      measureOf("after", 1, 2, size),
    ]),
  );
  expect(readFileSync(file, "utf8")).toBe(`# Performance

<!-- figures: ipc -->

Commit 0123456789, 2026-01-02: Some CPU, 2 cores, 24 GiB, Linux 6.1 x86_64, Node.js 20.20.2, load 0.25 at the start.

|  | a copy | ours |
| --- | ---: | ---: |
| 1 row | 1 ms | 1.50 |
| 10 rows | 2 ms | 2.50 |
| 100 rows | 3 ms | 3.50 |

|  | size |
| --- | ---: |
| before | 2 kB |
| after | 2 |

<!-- end of figures -->

<!-- figures: loaders -->
stays
<!-- end of figures -->
`);
});

it("figures of a quick run, and of a bench without marks, are refused", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "performance.md");
  writeFileSync(file, DOCUMENT);
  const unknown = measureOf("a", 1, undefined, { bench: "unknown" });
  const url = pathToFileURL(file);
  expect(() => writeFigures(url, reportOf([measureOf("a", 1)], { quick: true }))).toThrow(
    "figures of a quick run are not for the record",
  );
  expect(() => writeFigures(url, reportOf([measureOf("a", 1), unknown]))).toThrow(
    'has no lines "<!-- figures: unknown -->"',
  );
  expect(readFileSync(file, "utf8")).toBe(DOCUMENT);
});

it("docs/performance.md has a place for the figures of every bench", () => {
  const root = new URL("../../../", import.meta.url);
  const marks = readFileSync(new URL("docs/performance.md", root), "utf8").matchAll(
    /^<!-- figures: (\w+) -->\n[\s\S]*?^<!-- end of figures -->$/gm,
  );
  const names = findBenches(root).map(({ name }) => name);
  expect(names).toContain("ipc");
  expect([...marks].map(([, name]) => name).toSorted()).toEqual(names);
});
