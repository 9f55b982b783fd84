import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Calls back when something is over: a test, or with `afterAll` all tests of a file. */
type When = (callback: () => void) => void;

/** A path of which nothing is there yet; whatever comes there is removed after the test. */
export function unmadeFolder(when: When = onTestFinished): string {
  return join(temporaryFolder(when), "cache");
}

/** An empty folder that is removed after the test. */
export function temporaryFolder(when: When = onTestFinished): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "uni-component-")));
  when(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
