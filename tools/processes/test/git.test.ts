import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { git, tryGit } from "../src/index.ts";

it("says what git says, and why it refuses", () => {
  const folder = mkdtempSync(join(tmpdir(), "uni-git-"));
  try {
    expect(tryGit(folder, "rev-parse", "HEAD")).toBeUndefined();
    expect(() => git(folder, "rev-parse", "HEAD")).toThrow("not a git repository");
    git(folder, "init", "-q", "-b", "trunk");
    expect(git(folder, "symbolic-ref", "HEAD")).toBe("refs/heads/trunk\n");
    expect(() => tryGit(join(folder, "nowhere"), "status")).toThrow("ENOENT");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
