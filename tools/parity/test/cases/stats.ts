import { Binary } from "apache-arrow";
import fc from "fast-check";
import { type Column, doubles, streamOf } from "../arrow-columns.ts";
import type { Run, Script } from "../outcome.ts";
import type { Case } from "./case.ts";
import { doubleColumns } from "./generated-columns.ts";

/** The calls of one aggregate, each in a guest of its own. */
class Aggregate {
  readonly #run: Run;
  readonly #qname: string;

  constructor(run: Run, name: string) {
    this.#run = run;
    this.#qname = `ai.example.stats.${name}`;
  }

  /** The state of a group that has seen such batches. */
  seen(batches: readonly (readonly Column[])[]): Uint8Array {
    let state = this.#run({ method: "aggNew", args: [this.#qname] });
    for (const batch of batches) state = this.update(state, streamOf(batch));
    return state;
  }

  update(state: Uint8Array, stream: Uint8Array): Uint8Array {
    return this.#run({ method: "aggUpdate", args: [this.#qname, state, stream] });
  }

  merge(state: Uint8Array, others: readonly (Uint8Array | null)[]): Uint8Array {
    const stream = streamOf([[others, new Binary()]]);
    return this.#run({ method: "aggMerge", args: [this.#qname, state, stream] });
  }

  evaluate(state: Uint8Array): Uint8Array {
    return this.#run({ method: "aggEvaluate", args: [this.#qname, state] });
  }
}

/** Groups that see batches, are merged into the first, and evaluated. */
type Groups = readonly (readonly (readonly Column[])[])[];

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const SAMPLE = doubles([3, 1, null, 2, -5], [0.5, 1, 1, null, 0.25]);

function groupsScript(name: string, groups: Groups): Script {
  return (run) => {
    const aggregate = new Aggregate(run, name);
    const [first = aggregate.seen([]), ...others] = groups.map((batches) =>
      aggregate.seen(batches),
    );
    aggregate.evaluate(first);
    aggregate.evaluate(aggregate.merge(first, others));
  };
}

const GROUPS: Readonly<{ [title: string]: Groups }> = {
  "a group that saw nothing": [[]],
  "a group of one batch": [[SAMPLE]],
  "a group of many batches": [[SAMPLE, doubles([], []), SAMPLE, doubles([7], [0])]],
  "groups that are merged": [[SAMPLE], [], [SAMPLE, SAMPLE], [doubles([1e300], [1e-300])]],
  "nulls alone": [[doubles([null, null], [null, 1])]],
  "what is no number, and no end": [[doubles([nan, inf, -inf, 1], [0.1, 0.2, 1, nan])]],
  "a negative weight, or a share below zero": [[doubles([1, 2], [1, -1])]],
  "a share of more than one": [[doubles([1, 2], [2, 2])]],
  "one column": [[doubles([1])]],
};

/** States that no aggregate wrote, and streams that are none. */
const BAD: Readonly<{ [title: string]: (aggregate: Aggregate) => void }> = {
  "an empty state that is updated": (a) => a.update(new Uint8Array(), streamOf(SAMPLE)),
  "an empty state that is evaluated": (a) => a.evaluate(new Uint8Array()),
  "a state that is cut off": (a) => a.evaluate(a.seen([SAMPLE]).slice(0, -1)),
  "a state with a flipped bit": (a) => {
    a.evaluate(a.seen([SAMPLE]).map((byte, at) => (at === 9 ? byte ^ 1 : byte)));
  },
  "a null among the states": (a) => a.merge(a.seen([SAMPLE]), [a.seen([]), null]),
  "garbage among the states": (a) => a.merge(a.seen([]), [Uint8Array.of(1, 2, 3)]),
  "no Arrow": (a) => a.update(a.seen([]), Uint8Array.of(1, 2, 3)),
  "another aggregate's state": (a) => {
    a.evaluate(Uint8Array.from(Buffer.from("QUANMEANVARI".repeat(4))));
  },
};

function aggregateCase(name: string): Case {
  const picked = new Map<string, Script>();
  for (const [title, groups] of Object.entries(GROUPS))
    picked.set(title, groupsScript(name, groups));
  for (const [title, act] of Object.entries(BAD)) {
    picked.set(title, (run) => act(new Aggregate(run, name)));
  }
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const batch = fc
    .tuple(doubleColumns(1), fc.infiniteStream(fc.option(share, { freq: 6 })))
    .map(([[value], shares]): readonly Column[] => {
      if (value === undefined) throw new Error("one column");
      return [value, [value[0].map(() => shares.next().value), value[1]]];
    });
  const generated = fc
    .array(fc.array(batch, { maxLength: 3 }), { maxLength: 3 })
    .map((groups) => groupsScript(name, groups));
  return { fixture: "stats", name, picked, generated };
}

export const statsCases: readonly Case[] = [
  aggregateCase("weighted_mean"),
  aggregateCase("weighted_variance"),
  aggregateCase("quantile"),
];
