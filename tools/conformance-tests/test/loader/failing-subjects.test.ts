import { CheckFailure, type ConformingLoader, loaderChecks } from "@uni/conformance";
import { readFixture } from "@uni/fixtures";
import { ExtismLoader } from "@uni/loader-extism";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOADER_CHECKS } from "../../../../packages/conformance/src/loader/loader-checks.ts";
import { FAILING_ANSWERS } from "./failing/answers.ts";
import { FAILING_CALLS } from "./failing/calls.ts";
import { FAILING_CAPABILITIES } from "./failing/capabilities.ts";
import { FAILING_ENDS } from "./failing/closing.ts";
import { FAILING_COLUMNS } from "./failing/columns.ts";
import { FAILING_FUNCTIONS } from "./failing/functions.ts";
import { FAILING_LIMITS } from "./failing/limits.ts";
import { FAILING_LOADS } from "./failing/loading.ts";
import { FAILING_SESSIONS } from "./failing/sessions.ts";

const FAILING = [
  ...FAILING_CALLS,
  ...FAILING_CAPABILITIES,
  ...FAILING_LIMITS,
  ...FAILING_LOADS,
  ...FAILING_ANSWERS,
  ...FAILING_COLUMNS,
  ...FAILING_FUNCTIONS,
  ...FAILING_SESSIONS,
  ...FAILING_ENDS,
];

// Guest threads live as long as there is a plugin: with this one, no check has to start them.
const keeper = new ExtismLoader();
beforeAll(async () => {
  await keeper.load(await readFixture("geo"));
});
afterAll(() => keeper.close());

/** What a check finds, inline where it says something there. */
async function found(id: string, subject: ConformingLoader): Promise<unknown> {
  const checks = loaderChecks(subject);
  const [check] = ["inline", "thread"].flatMap((isolation) =>
    checks.filter((check) => check.id === `${id}@${isolation}`),
  );
  if (check === undefined) throw new Error(`there is no check ${id}`);
  return check.run().then(
    () => "nothing",
    (error: unknown) => error,
  );
}

describe("a check of loaders fails", () => {
  for (const { fails, says, subject } of FAILING) {
    it.concurrent(`${fails}, which says ${says}`, async ({ expect }) => {
      const failure = await found(fails, subject);
      expect(failure).toBeInstanceOf(CheckFailure);
      expect(String(failure)).toMatch(says);
    });
  }
});

it("every check of loaders has a subject that fails it", () => {
  const ids = (all: readonly string[]) => [...new Set(all)].toSorted();
  // Those have tests of their own.
  const checks = LOADER_CHECKS.map(({ id }) => id).filter((id) => !/^(parity|hostile)\./.test(id));
  expect(ids(FAILING.map(({ fails }) => fails))).toEqual(ids(checks));
});
