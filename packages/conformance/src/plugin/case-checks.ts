import { LoaderError } from "@uni/wasm-rt";
import { type Check, fail } from "../check.ts";
import { adviceOnCall } from "./advice.ts";
import type { Case } from "./trial.ts";
import type { Trials, Tried } from "./trials.ts";

const OVER_A_LIMIT: readonly string[] = ["TIMEOUT", "RESOURCE_LIMIT"];

/** A check for each case: its calls are answered as the signature says, or refused where that is right. */
export function caseChecks(trials: Trials): Check[] {
  const { surface, qname } = trials.callee;
  const largest = largestCase(trials);
  return trials.cases.map((one) => ({
    id: `${surface}.${one.name}:${qname}`,
    title: one.title,
    run: async () => {
      for (const tried of await trials.of([one])) {
        // That is what the check of the limits says.
        if (one !== largest || !isOverLimit(tried)) judge(tried);
      }
    },
  }));
}

/** The check that the largest batch keeps within the limits of one call. */
export function limitChecks(trials: Trials): Check[] {
  const largest = largestCase(trials);
  if (largest === undefined) return [];
  return [
    {
      id: `limits.${largest.name}:${trials.callee.qname}`,
      title: `keeps within time, memory and fuel with ${trials.subject.settings.rows} rows`,
      run: async () => {
        for (const tried of await trials.of([largest])) {
          if (!isOverLimit(tried)) continue;
          const error = errorOf(tried);
          fail(`${tried.about} to keep within the limits of one call`, error, adviceOnCall(error));
        }
      },
    },
  ];
}

/** The check that a function is good for something. */
export function answersCheck(trials: Trials): Check {
  const { surface, qname } = trials.callee;
  return {
    id: `${surface}.answers:${qname}`,
    title: "answers arguments at least once",
    run: async () => {
      const cases = trials.cases.filter(({ name }) => name !== "nulls-all");
      const tried = (await trials.of(cases)).filter(({ hadRows }) => hadRows);
      if (tried.some(({ outcome }) => outcome.kind === "answered")) return;
      const expected = `${qname} to answer one at least of ${tried.length} batches`;
      const failed = tried.find(({ outcome }) => outcome.kind === "failed");
      if (failed !== undefined) fail(expected, errorOf(failed), adviceOnCall(errorOf(failed)));
      const [first] = tried;
      fail(
        `${expected} (pass one that it answers as the option samples: {"${qname}": [batch]})`,
        first === undefined ? "none to try" : errorOf(first),
      );
    },
  };
}

function judge(tried: Tried): void {
  const { about, must, outcome } = tried;
  if (outcome.kind === "answered") return;
  if (outcome.kind === "failed") {
    fail(`an answer or a refusal for ${about}`, outcome.error, adviceOnCall(outcome.error));
  }
  if (must === undefined || (must.take === "rows" && outcome.tookRows)) return;
  fail(`an answer for ${about}, since ${must.since}`, outcome.error);
}

function largestCase({ cases, subject }: Trials): Case | undefined {
  const { rows } = subject.settings;
  return cases.find(({ name }) => name === `rows-${rows}`);
}

function isOverLimit({ outcome }: Tried): boolean {
  if (outcome.kind !== "failed") return false;
  const { error } = outcome;
  return error instanceof LoaderError && OVER_A_LIMIT.includes(error.code);
}

function errorOf({ outcome }: Tried): unknown {
  return outcome.kind === "answered" ? undefined : outcome.error;
}
