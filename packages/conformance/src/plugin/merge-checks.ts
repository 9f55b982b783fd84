import type { AggregateFunction, CallOptions, ValueType } from "@uni/plugin";
import type { RecordBatch } from "apache-arrow";
import { type Check, fail, shown } from "../check.ts";
import { named } from "./callee.ts";
import { sameValue } from "./same-value.ts";
import { type Outcome, outcomeOf, type Trials } from "./trials.ts";

/** Their values are of one sign, so that sums in another order are as good as the same. */
const MERGED: readonly string[] = ["values-ordinary", "samples"];
/** How far apart two orders of adding may end, of the larger of both. */
const TOLERANCES: Readonly<Record<string, number>> = { float64: 1e-9, float32: 1e-4 };

/** What is merged, and what it has to be the same as. */
interface Halves {
  readonly aggregate: AggregateFunction;
  readonly first: RecordBatch;
  readonly second: RecordBatch;
  readonly options: CallOptions;
}

type Step = (halves: Halves) => Promise<unknown>;

/** The checks that merging states gives what one accumulator gives that has seen all of it. */
export function mergeChecks(trials: Trials): Check[] {
  return [
    mergeCheck(trials, {
      name: "merge",
      title: "gives for merged states what all their rows give in one group",
      whole: ({ first, second, ...rest }) => updated(rest, first, second),
      merged: [mergedAnew, mergedIntoFirst],
    }),
    mergeCheck(trials, {
      name: "merge-nothing",
      title: "is not changed by merging a group that saw nothing",
      whole: ({ first, ...rest }) => updated(rest, first),
      merged: [mergedWithNothing],
    }),
  ];
}

interface Merge {
  readonly name: string;
  readonly title: string;
  readonly whole: Step;
  readonly merged: readonly Step[];
}

function mergeCheck(trials: Trials, { name, title, whole, merged }: Merge): Check {
  const { callee, subject } = trials;
  return {
    id: `aggregate.${name}:${callee.qname}`,
    title,
    run: () =>
      subject.loaded(async (plugin) => {
        const cases = trials.cases.filter((one) => MERGED.includes(one.name));
        for (const { about, batch } of cases.flatMap((one) => one.trials())) {
          if (batch === undefined || batch.numRows < 2) continue;
          const middle = batch.numRows >> 1;
          const halves: Halves = {
            aggregate: named(plugin.aggregates, callee.qname),
            first: batch.slice(0, middle),
            second: batch.slice(middle),
            options: subject.settings.call,
          };
          const expected = await outcomeOf(() => whole(halves));
          for (const step of merged) {
            const came = await outcomeOf(() => step(halves));
            if (agree(expected, came, toleranceOf(callee.returns))) continue;
            fail(`${valueText(expected)} from the states of halves of ${about}`, valueText(came));
          }
        }
      }),
  };
}

async function updated(
  { aggregate, options }: Pick<Halves, "aggregate" | "options">,
  ...batches: readonly RecordBatch[]
): Promise<unknown> {
  const group = aggregate.createAccumulator();
  for (const batch of batches) await group.update(batch, options);
  return group.evaluate(options);
}

const stateOf = async ({ aggregate, options }: Halves, batch: RecordBatch): Promise<Uint8Array> => {
  const group = aggregate.createAccumulator();
  await group.update(batch, options);
  return group.state();
};

const mergedAnew: Step = async (halves) => {
  const group = halves.aggregate.createAccumulator();
  const states = [await stateOf(halves, halves.first), await stateOf(halves, halves.second)];
  await group.merge(states, halves.options);
  return group.evaluate(halves.options);
};

const mergedIntoFirst: Step = async (halves) => {
  const group = halves.aggregate.createAccumulator();
  await group.update(halves.first, halves.options);
  await group.merge([await stateOf(halves, halves.second)], halves.options);
  return group.evaluate(halves.options);
};

const mergedWithNothing: Step = async ({ aggregate, first, options }) => {
  const group = aggregate.createAccumulator();
  await group.update(first, options);
  await group.merge([aggregate.createAccumulator().state()], options);
  return group.evaluate(options);
};

/** Whether both gave a value and it is one, or neither did: another check says what that is worth. */
function agree(expected: Outcome, came: Outcome, tolerance: number): boolean {
  if (expected.kind === "answered" && came.kind === "answered") {
    return sameValue(expected.answer, came.answer, tolerance);
  }
  return expected.kind !== "answered" && expected.kind === came.kind;
}

function toleranceOf(returns: ValueType | undefined): number {
  if (returns === undefined || returns.kind === "cypher_value") return 0;
  return TOLERANCES[returns.kind === "vector" ? returns.element : returns.arrow] ?? 0;
}

function valueText(outcome: Outcome): string {
  if (outcome.kind !== "answered") return shown(outcome.error);
  const { answer } = outcome;
  return typeof answer === "number" ? String(answer) : shown(answer);
}
