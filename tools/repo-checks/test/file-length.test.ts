import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const MOST_LINES = 300;

describe("a source file", () => {
  it(`has at most ${MOST_LINES} lines`, () => {
    const patterns = ["*.ts", "*.mts", "*.mjs", "*.c", "*.h"];
    const listed = execFileSync("git", ["ls-files", ...patterns], { cwd: root, encoding: "utf8" });
    const files = listed.trimEnd().split("\n");
    expect(files).toContain("packages/wasm-rt/src/index.ts");
    const lines = (file: string) => readFileSync(join(root, file), "utf8").split("\n").length - 1;
    expect(files.filter((file) => lines(file) > MOST_LINES)).toEqual([]);
  });
});
