import { corpus } from "./corpus.ts";
import { judge } from "./judge.ts";
import { mutate, randomFrom } from "./mutate.ts";

/** What became of many mutations. */
export interface Outcomes {
  accepted: number;
  refused: number;
  /** Refusals by rule. */
  readonly byRule: Map<string, number>;
  /** Each with the seed that makes it again. */
  readonly wrong: { readonly seed: number; readonly of: string; readonly why: string }[];
}

// Streams are made anew from time to time, so that values vary too.
const MUTATIONS_PER_CORPUS = 5_000;

/** Judges mutations number `first` up to `first + count`; each is its own seed. */
export function* runMutations(first: number, count: number): Generator<Outcomes> {
  const outcomes: Outcomes = { accepted: 0, refused: 0, byRule: new Map(), wrong: [] };
  let streams = corpus(0);
  for (let seed = first; seed < first + count; seed++) {
    if (seed === first || seed % MUTATIONS_PER_CORPUS === 0) {
      streams = corpus(Math.floor(seed / MUTATIONS_PER_CORPUS));
    }
    const random = randomFrom(seed);
    const stream = streams[random(streams.length)];
    if (stream === undefined) throw new Error("there is nothing to mutate");
    const verdict = judge(mutate(stream.bytes, random));
    switch (verdict.outcome) {
      case "accepted":
        outcomes.accepted += 1;
        break;
      case "refused": {
        outcomes.refused += 1;
        const rule = verdict.error.rule ?? verdict.error.code;
        outcomes.byRule.set(rule, (outcomes.byRule.get(rule) ?? 0) + 1);
        break;
      }
      case "wrong":
        outcomes.wrong.push({ seed, of: stream.name, why: verdict.why });
    }
    if ((seed - first) % 1000 === 999) yield outcomes;
  }
  yield outcomes;
}
