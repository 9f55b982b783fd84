import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, trackedFiles } from "./read/tracked-files.ts";

const MOST_LINES = 300;

it(`no source file has more than ${MOST_LINES} lines`, () => {
  const files = trackedFiles("*.ts", "*.mts", "*.mjs", "*.c", "*.h");
  expect(files).toContain("packages/wasm-rt/src/index.ts");
  const lines = (file: string) => readFileSync(join(ROOT, file), "utf8").split("\n").length - 1;
  expect(files.filter((file) => lines(file) > MOST_LINES)).toEqual([]);
});
