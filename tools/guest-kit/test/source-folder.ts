import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Writes one AssemblyScript file to a folder of its own, until the test is over; its path. */
export function sourceFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "uni-guest-kit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "index.ts");
  writeFileSync(path, text);
  return path;
}
