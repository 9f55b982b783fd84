import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of a test, which is removed at the end of the block. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "uni-bench-test-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}
