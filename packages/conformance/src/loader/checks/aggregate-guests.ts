import { Utf8 } from "apache-arrow";
import { batchOf } from "../../batches/batch-of.ts";
import { secretStream } from "../../batches/secret-batch.ts";
import {
  answering,
  answers,
  CANNED,
  ECHO,
  FLOAT64,
  manifestOfSurfaces,
  primitive,
  scenario,
  TELL,
} from "../../guests/canned.ts";
import { answerNumber, NUMBER_FIELDS } from "../../guests/counting.ts";
import { type AggregateText, type GuestText, MEMORY } from "../../guests/guest-text.ts";
import type { Scenario } from "../../guests/scenario.ts";
import { i32 } from "../../guests/wat.ts";

const AT = i32(MEMORY.input);

const AGGREGATE = {
  kind: "aggregate",
  qname: CANNED.aggregate,
  signature: { args: [FLOAT64], returns: FLOAT64 },
  state: primitive("binary"),
};
const WITH_AGGREGATE: Partial<GuestText> = {
  manifest: manifestOfSurfaces("aggregate-fn"),
  registration: { entries: [AGGREGATE] },
};

/** Each step runs in a guest that has run nothing else, or it traps. */
const ONCE = "(if (global.get $used) (then (unreachable))) (global.set $used (i32.const 1))";
const USED = "(global $used (mut i32) (i32.const 0))";
const stepsOnce = ({ new: first, update, merge, evaluate }: AggregateText): AggregateText => ({
  new: `${ONCE} ${first}`,
  update: `${ONCE} ${update}`,
  merge: `${ONCE} ${merge}`,
  evaluate: `${ONCE} ${evaluate}`,
});
/** The state, and a letter behind it. */
const append = (letter: string): string => `(call $state ${AT})
  (i32.store8 (i32.add ${AT} (call $state_length)) ${i32(letter.charCodeAt(0))})
  (call $answer ${AT} (i32.add (call $state_length) (i32.const 1)))`;
const STEPS: AggregateText = {
  new: `(i32.store8 ${AT} ${i32("n".charCodeAt(0))}) (call $answer ${AT} (i32.const 1))`,
  update: append("u"),
  merge: append("m"),
  evaluate: answerNumber("(f64.convert_i32_u (call $state_length))"),
};

function aggregate(name: string, about: string, text: Partial<GuestText>): Scenario {
  return scenario(name, about, { ...WITH_AGGREGATE, ...text });
}

export const WRITING: Scenario = aggregate(
  "aggregate",
  "a's state is the letter n, to which update adds u and merge adds m; its value is how many letters that are; a guest that is called twice traps",
  { aggregate: stepsOnce(STEPS), fields: `${NUMBER_FIELDS} ${USED}` },
);
export const TELLING: Scenario = aggregate(
  "aggregate-tell",
  "as aggregate, but for the trap, and update and merge pass their input to the host function first",
  {
    aggregate: { ...STEPS, update: `${TELL} ${STEPS.update}`, merge: `${TELL} ${STEPS.merge}` },
    fields: NUMBER_FIELDS,
  },
);
export const FAILING: Scenario = aggregate(
  "aggregate-error",
  "as aggregate, but for the trap, and update fails with code 7",
  {
    aggregate: { ...STEPS, update: `(call $refuse ${i32(7)} ${i32(MEMORY.data)} ${i32(0)})` },
    fields: NUMBER_FIELDS,
  },
);
export const TRAPPING: Scenario = aggregate(
  "aggregate-trap",
  "as aggregate, but only update traps, always",
  {
    aggregate: { ...STEPS, update: "(unreachable)" },
    fields: NUMBER_FIELDS,
  },
);
const { scalar: TEXT_ANSWER = "", fields: TEXT_FIELDS = "" } = answers([
  batchOf([["x"], new Utf8()]),
]);
export const WRONG_TYPE: Scenario = aggregate(
  "aggregate-type",
  "a's value is a text, and it declares a double",
  {
    aggregate: {
      new: answering(Uint8Array.of(1)).body,
      update: ECHO,
      merge: ECHO,
      evaluate: TEXT_ANSWER,
    },
    fields: TEXT_FIELDS,
  },
);

const { body: SECRET, field: SECRET_FIELD } = answering(secretStream());
export const TELLS_SECRET: Scenario = aggregate(
  "aggregate-secret",
  "a's value is tagged as a secret",
  {
    aggregate: { ...STEPS, evaluate: SECRET },
    fields: SECRET_FIELD,
  },
);
