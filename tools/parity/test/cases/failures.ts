import type { LoadOptions } from "@uni/wasm-rt";
// Which code each of them fails with is what conformance says of every loader by itself.
import { ECHOES } from "../../../../packages/conformance/src/guests/canned.ts";
import type { Scenario } from "../../../../packages/conformance/src/guests/scenario.ts";
import { ANSWER_CHECKS } from "../../../../packages/conformance/src/loader/checks/answers.ts";
import { LIMITS } from "../../../../packages/conformance/src/loader/checks/limits.ts";
import { LOADING } from "../../../../packages/conformance/src/loader/checks/loading.ts";
import { TRAP_CHECKS } from "../../../../packages/conformance/src/loader/checks/traps.ts";

/** A plugin whose load or call fails, for most of them. */
export interface Failure {
  readonly about: string;
  readonly guest: Scenario;
  readonly options: LoadOptions;
  /** Why the loaders cannot say it in the same words. */
  readonly otherWords?: string | undefined;
}

const SOON = { limits: { timeoutMs: 100 } };
const OPTIONS: Readonly<Record<string, LoadOptions>> = {
  // What a guest has of its own, an allocator may add to.
  grow: { limits: { memoryPages: 32 } },
  "nine-pages": { limits: { memoryPages: 8 } },
  spin: SOON,
  "spin-in-manifest": SOON,
  "spin-in-register": SOON,
  "spin-in-start": SOON,
  "spin-timeout_ms-memory_max_pages-fuel_per_call": SOON,
};

const OTHER_WORDS: Readonly<Record<string, string>> = {
  "abi-text": "each ABI has a field of its own for its version",
  "abi-field": "a field that nobody knows is listed beside those that a loader knows",
  "without-manifest": "a module and a component have exports of different kinds",
  "without-register": "a module and a component have exports of different kinds",
};

const scenarios = [...LOADING, ...ANSWER_CHECKS, ...TRAP_CHECKS, ...LIMITS].flatMap(
  (check) => check.scenarios,
);

export const FAILURES: readonly Failure[] = [
  ...[...new Set(scenarios)].map(
    (guest): Failure => ({
      about: guest.about,
      guest,
      options: OPTIONS[guest.name] ?? {},
      otherWords: OTHER_WORDS[guest.name],
    }),
  ),
  {
    about: "the bytes have another hash than the host pins",
    guest: ECHOES,
    options: { sha256: "0".repeat(64) },
    otherWords: "the bytes of each have a hash of their own",
  },
];
