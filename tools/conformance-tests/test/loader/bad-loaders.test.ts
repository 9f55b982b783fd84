import {
  type Check,
  type ConformingLoader,
  loaderChecks,
  resultText,
  runChecks,
} from "@uni/conformance";
import { readFixture } from "@uni/fixtures";
import { ExtismLoader } from "@uni/loader-extism";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { SPIN_BODY } from "../../../../packages/conformance/src/guests/counting.ts";
import { conforming } from "../../../../packages/loader-extism/test/conformance/conforming.ts";
import { LateLoader } from "./bad/late-loader.ts";
import { LeakingLoader } from "./bad/leaking-loader.ts";
import { ReusingLoader } from "./bad/reusing-loader.ts";
import { UnguardedLoader } from "./bad/unguarded-loader.ts";

// Every test runs all checks that there are.
vi.setConfig({ testTimeout: 150_000 });
afterAll(() => vi.resetConfig());

// Guest threads live as long as there is a plugin: with this one, no check has to start them.
const keeper = new ExtismLoader();
beforeAll(async () => {
  await keeper.load(await readFixture("geo"));
});
afterAll(() => keeper.close());

/** Those that may wait for long until they fail. */
const PATIENT = /^(cap\.freed|close\.destroy|session\.(after|abort|destroy))/;
const SHORT_SPIN = SPIN_BODY.replace("12000000000", "400000000");

/** Every check in one isolation, but for those that attack the loader or need a process. */
function checksOf(make: ConformingLoader["make"], guest: ConformingLoader["guest"]): Check[] {
  const subject: ConformingLoader = { ...conforming, make, guest };
  const checks = loaderChecks(subject).filter(({ id }) => !/^(hostile|process)/.test(id));
  const inline = new Set(checks.map(({ id }) => id).filter((id) => id.endsWith("@inline")));
  return checks.filter(({ id }) => inline.has(id) || !inline.has(id.replace("@thread", "@inline")));
}

/** A loader without deadlines waits for its guests, which is long enough where they are quicker. */
const shortGuest: ConformingLoader["guest"] = async (scenario) => {
  const { text } = scenario;
  if (text === undefined) return conforming.guest(scenario);
  const shorter = Object.entries(text).map(([name, part]: [string, unknown]) => [
    name,
    typeof part === "string" ? part.replaceAll(SPIN_BODY, SHORT_SPIN) : part,
  ]);
  return conforming.guest({ ...scenario, text: { ...text, ...Object.fromEntries(shorter) } });
};

/** Runs the checks; where others fail than expected, what they found is in the message. */
async function expectToFail(
  expected: readonly string[],
  make: ConformingLoader["make"],
  guest: ConformingLoader["guest"] = conforming.guest,
): Promise<void> {
  const checks = checksOf(make, guest);
  const beside = checks.filter(({ id }) => PATIENT.test(id)).map((check) => [check]);
  const others = checks.filter(({ id }) => !PATIENT.test(id));
  const reports = await Promise.all(
    [...beside, others].map((some) => runChecks(some, { subject: "a bad loader" })),
  );
  const failed = reports.flatMap(({ checks }) =>
    checks.filter(({ status }) => status === "failed"),
  );
  const found = failed.map((result) => resultText(result)).join("\n");
  expect(failed.map(({ id }) => id).toSorted(), found).toEqual(expected);
}

it("a loader that uses guests again fails what is about fresh ones", async () => {
  await expectToFail(
    [
      // The second step runs where the first has run.
      "aggregate.steps-sync@inline",
      "aggregate.steps@inline",
      // The status that the error has left is there.
      "fresh.after-error@inline",
      // What the guest has counted is there.
      "fresh.after-garbage@inline",
      "fresh.after-timeout@inline",
      "fresh.after-trap@inline",
      "fresh.every-call@inline",
      // So it is beside a session, and in the next one.
      "session.after-error@inline",
      "session.after-garbage@inline",
      "session.after-timeout@inline",
      "session.after-trap@inline",
      "session.cap@inline",
      "session.one-guest@inline",
    ],
    (options) => new ReusingLoader(options),
  );
});

it("a loader that keeps the slots of calls that failed fails what is about slots", async () => {
  await expectToFail(
    [
      // The pool of one is full for ever.
      "cap.freed-after-error@inline",
      "cap.freed-after-timeout@inline",
      "cap.freed-after-trap@inline",
      // The plugin waits for the guest of the call that was ended.
      "close.destroy@thread",
      // A session whose call failed keeps its slot.
      "session.abort@thread",
      "session.after-error@inline",
      "session.after-timeout@inline",
      "session.after-trap@inline",
      "session.destroy@thread",
    ],
    (options) => new LeakingLoader(options),
  );
});

it("a loader without deadlines fails what needs one", async () => {
  await expectToFail(
    [
      // No call ends so.
      "cap.freed-after-timeout@inline",
      "fresh.after-timeout@inline",
      // The caller's, the host's, and the manifest's.
      "limit.deadline-call@inline",
      "limit.deadline-host@inline",
      // Those of the load.
      "limit.deadline-in-manifest@inline",
      "limit.deadline-in-register@inline",
      "limit.deadline-in-start@inline",
      "limit.deadline-manifest@inline",
      // The host's, where the manifest asks for an hour.
      "limit.only-tighter@inline",
      // No call of a session ends so.
      "session.after-timeout@inline",
    ],
    (options) => new LateLoader(options),
    shortGuest,
  );
});

it("a loader without a membrane fails what is about secrets", async () => {
  await expectToFail(
    [
      // Rows of update, and values.
      "aggregate.secret@inline",
      // Answers, and arguments, of scalar functions.
      "answer.secret@inline",
      "columns.secret@inline",
      // Arguments, and rows.
      "procedure.secret@inline",
    ],
    (options) => new UnguardedLoader(options),
  );
});

it("the loader that all of them are made of fails nothing", async () => {
  await expectToFail([], (options) => new ExtismLoader(options));
});
