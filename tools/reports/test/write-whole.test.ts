import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeWhole } from "../src/index.ts";

describe("a file that is written whole", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "uni-whole-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const never = new AbortController().signal;

  it("takes the place of the one before", async () => {
    const path = join(folder, "report.html");
    writeFileSync(path, "old");
    await writeWhole(path, "new", never);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["report.html"]);
  });

  it("is not there, not even in part, where the job was stopped", async () => {
    const path = join(folder, "report.html");
    const stopped = AbortSignal.abort();
    await expect(writeWhole(path, "new", stopped)).rejects.toThrow(/abort/i);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves nothing behind where it cannot take the place", async () => {
    await expect(writeWhole(folder, "new", never)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(join(folder, "..")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });
});
