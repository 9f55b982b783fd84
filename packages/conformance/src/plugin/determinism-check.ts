import type { PluginManifest } from "@uni/plugin";
import { type Check, fail, shown } from "../check.ts";
import type { Callee } from "./callee.ts";
import { sameValue } from "./same-value.ts";
import { type Outcome, outcomeOf, type Trials } from "./trials.ts";

/** The cases whose calls are made twice. */
const TWICE: readonly string[] = ["values-ordinary", "values-extreme", "samples"];

/** The check that a function which says so gives equal answers for equal arguments, to the bit. */
export function determinismCheck(trials: Trials, manifest: PluginManifest): Check {
  const { callee, subject } = trials;
  const exempt = declaresNothing(callee, manifest);
  return {
    id: `${callee.surface}.deterministic:${callee.qname}`,
    title: "answers the same arguments with the same bits",
    ...(exempt !== undefined && { exempt }),
    run: () =>
      subject.loaded(async (plugin) => {
        const twice = trials.cases.filter(({ name }) => TWICE.includes(name));
        for (const { about, batch } of twice.flatMap((one) => one.trials())) {
          // Each is a guest of its own.
          const call = () => outcomeOf(() => callee.call(plugin, batch, subject.settings.call));
          const [first, second] = [await call(), await call()];
          if (isSame(first, second)) continue;
          fail(`${textOf(first)} for ${about} again`, differenceOf(first, second), ADVICE);
        }
      }),
  };
}

function declaresNothing(
  { volatility }: Callee,
  { determinism }: PluginManifest,
): string | undefined {
  if (determinism === "pure" || volatility === "immutable") return undefined;
  const signature = volatility === undefined ? "" : ` and its signature ${volatility}`;
  return `its manifest is ${determinism ?? "silent on determinism"}${signature}`;
}

function isSame(first: Outcome, second: Outcome): boolean {
  if (first.kind === "answered" && second.kind === "answered") {
    return sameValue(first.answer, second.answer);
  }
  if (first.kind === "refused" && second.kind === "refused") {
    return first.error.fnCode === second.error.fnCode;
  }
  return first.kind === second.kind;
}

const ADVICE =
  "leave out what differs from call to call, such as clocks, random numbers and counters, or declare it: as determinism in the manifest and volatility in the signature";

/** What came the second time, as it differs from the first. */
function differenceOf(first: Outcome, second: Outcome): string {
  if (first.kind !== "answered" || second.kind !== "answered") return textOf(second);
  const [one, other] = [first.answer, second.answer];
  if (!(one instanceof Uint8Array && other instanceof Uint8Array)) return textOf(second);
  const at = one.findIndex((byte, i) => byte !== other[i]);
  return at < 0 ? textOf(second) : `${textOf(second)}, which differs from byte ${at} on`;
}

function textOf(outcome: Outcome): string {
  if (outcome.kind !== "answered") return shown(outcome.error);
  const { answer } = outcome;
  if (!(answer instanceof Uint8Array)) return shown(answer);
  return `an answer of ${answer.length} bytes`;
}
