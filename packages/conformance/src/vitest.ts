/**
 * Runs checks as tests of vitest.
 *
 * @packageDocumentation
 */

import { afterAll, beforeAll, it } from "vitest";
import type { Check } from "./check.ts";
import { ECHOES } from "./guests/canned.ts";
import type { ConformingLoader } from "./loader/conforming-loader.ts";
import { loaderChecks } from "./loader/loader-checks.ts";

/** Defines a test for each check; one that its subject is exempt from is skipped, and says why. */
export function testChecks(checks: Iterable<Check>): void {
  for (const { id, title, exempt, run } of checks) {
    if (exempt === undefined) it(`${title} (${id})`, run);
    else it.skip(`${title} (${id}): not applicable, ${exempt}`, run);
  }
}

/** Defines a test for each check of a loader. */
export function testLoader(conforming: ConformingLoader): void {
  // Guest threads live as long as there is a plugin: with this one, no check has to start them.
  const keeper = conforming.make({});
  beforeAll(async () => {
    const bytes = await conforming.guest(ECHOES);
    // Where it cannot be loaded, the checks say so.
    if (bytes !== undefined) await keeper.load(bytes).catch(() => undefined);
  });
  afterAll(() => keeper.close());
  testChecks(loaderChecks(conforming));
}
