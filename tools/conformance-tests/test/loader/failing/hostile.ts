import type { Attack, ConformingLoader } from "@uni/conformance";
import { batchOf } from "../../../../../packages/conformance/src/batches/batch-of.ts";
import { answers } from "../../../../../packages/conformance/src/guests/canned.ts";
import { pause } from "../../../../../packages/conformance/src/loader/patience.ts";
import { conforming } from "../../../../../packages/loader-extism/test/conformance/conforming.ts";
import { refusal, withGuest, withScalar } from "../broken.ts";

/** An attack that a subject does not withstand. */
export interface Unwithstood {
  readonly what: string;
  readonly attack: Attack;
  readonly subject: ConformingLoader;
  readonly says: RegExp;
  /** Where it is noticed; anywhere unless said. */
  readonly only?: "thread";
}

/** What any loader withstands at once. */
const TRAP: Attack = {
  name: "a trap",
  body: "(unreachable)",
  deadlineMs: 10_000,
  code: "TRAP",
};
const MEBIBYTE = 2 ** 20;
/** What a check allows where an attack says nothing, and much less than that. */
const USUAL_MIB = 528;
const LITTLE_MIB = 150;

/** Does something before a call of the attacker ends with what it ends with; the neighbour's answer. */
const withEnd = (end: (error: unknown) => Promise<never> | never) =>
  withScalar((scalar) => ({
    invoke: (...args) => scalar.invoke(...args).catch(end),
  }));
const wordy = withEnd(() => {
  throw refusal("TRAP", "x".repeat(80_000));
});
const slow = withEnd(async (error) => {
  await pause(2200);
  throw error;
});
const holding = withEnd((error) => {
  const until = performance.now() + 1300;
  while (performance.now() < until);
  throw error;
});
const greedy = withEnd(async (error) => {
  const taken = Buffer.alloc(2 * LITTLE_MIB * MEBIBYTE, 1);
  await pause(100);
  throw taken.length === 0 ? undefined : error;
});

export const UNWITHSTOOD: readonly Unwithstood[] = [
  {
    what: "a call that ends with another code",
    attack: { ...TRAP, code: ["TIMEOUT", "RESOURCE_LIMIT"] },
    subject: conforming,
    says: /an end with TIMEOUT or RESOURCE_LIMIT, got ExtismError: .* trapped: unreachable/,
  },
  {
    what: "a call that is answered",
    attack: { ...TRAP, ...answers([batchOf([[1]])]), body: answers([batchOf([[1]])]).scalar ?? "" },
    subject: conforming,
    says: /an end with TRAP, got/,
  },
  {
    what: "a load that ends with another code",
    attack: { ...TRAP, at: "manifest", code: "TIMEOUT" },
    subject: conforming,
    says: /an end with TIMEOUT, got ExtismError: manifest trapped/,
  },
  {
    what: "a load that succeeds",
    attack: { ...TRAP, at: "register", body: "" },
    subject: conforming,
    says: /an end with TRAP, got {/,
  },
  {
    what: "a call that is answered where its start takes long",
    attack: { ...TRAP, at: "slow start", body: "", code: "TIMEOUT" },
    subject: conforming,
    says: /an end with TIMEOUT, got ExtismError: .*Arrow/,
  },
  {
    what: "a message that is too long",
    attack: TRAP,
    subject: wordy,
    says: /a message of at most 64 KiB, got 80\d\d\d/,
  },
  {
    what: "an end that comes too late",
    attack: { ...TRAP, deadlineMs: 100 },
    subject: slow,
    says: /the milliseconds that it took to be below 2100, got 2\d\d\d/,
  },
  {
    what: "a process that grows too much",
    attack: { ...TRAP, extraMiB: LITTLE_MIB - USUAL_MIB },
    subject: greedy,
    says: /mebibytes by which the process grew to be below 150, got \d+/,
  },
  {
    what: "an event loop that is held",
    attack: TRAP,
    subject: holding,
    says: /the milliseconds that the event loop was held to be below 1000, got 1\d\d\d/,
    only: "thread",
  },
  {
    what: "a neighbour that answers something else",
    attack: TRAP,
    subject: withGuest("echo", answers([batchOf([[1, 2, 3, 4]])])),
    says: /another plugin to answer what it was given, got \[1,null,3,4\]/,
  },
];
