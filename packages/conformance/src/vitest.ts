/**
 * Runs checks as tests of vitest.
 *
 * @module
 */

import { it } from "vitest";
import type { Check } from "./check.ts";

/** Defines a test for each check; one that its subject is exempt from is skipped, and says why. */
export function testChecks(checks: Iterable<Check>): void {
  for (const { id, title, exempt, run } of checks) {
    if (exempt === undefined) it(`${title} (${id})`, run);
    else it.skip(`${title} (${id}): not applicable, ${exempt}`, run);
  }
}
