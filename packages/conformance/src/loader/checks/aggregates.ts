import type { Accumulator } from "@uni/plugin";
import { decodeBatch } from "@uni/wasm-rt";
import { Utf8 } from "apache-arrow";
import { batchOf } from "../../batches/batch-of.ts";
import { secretBatch, secretStream } from "../../batches/secret-batch.ts";
import {
  answering,
  answers,
  CANNED,
  ECHO,
  FLOAT64,
  manifestOfSurfaces,
  primitive,
  scenario,
} from "../../guests/canned.ts";
import { answerNumber, NUMBER_FIELDS } from "../../guests/counting.ts";
import { type AggregateText, type GuestText, MEMORY } from "../../guests/guest-text.ts";
import type { Scenario } from "../../guests/scenario.ts";
import { i32 } from "../../guests/wat.ts";
import { expectCode, expectCodes, expectEqual, expectFnCode } from "../expect.ts";
import { tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { later } from "../patience.ts";
import { refused } from "../subject.ts";

const ROWS = batchOf([[1, 2]]);
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

const WRITING = aggregate(
  "aggregate",
  "a's state is the letter n, to which update adds u and merge adds m; its value is how many letters that are; a guest that is called twice traps",
  { aggregate: stepsOnce(STEPS), fields: `${NUMBER_FIELDS} ${USED}` },
);
const TELLING = aggregate(
  "aggregate-tell",
  "as aggregate, but for the trap, and update and merge pass their input to the host function first",
  {
    aggregate: {
      ...STEPS,
      ...Object.fromEntries(
        (["update", "merge"] as const).map((step) => [
          step,
          `(call $input ${AT}) (drop (call $ask ${AT} (call $input_length) ${i32(12_352)})) ${STEPS[step]}`,
        ]),
      ),
    },
    fields: NUMBER_FIELDS,
  },
);
const FAILING = aggregate(
  "aggregate-error",
  "as aggregate, but for the trap, and update fails with code 7",
  {
    aggregate: { ...STEPS, update: `(call $refuse ${i32(7)} ${i32(MEMORY.data)} ${i32(0)})` },
    fields: NUMBER_FIELDS,
  },
);
const TRAPPING = aggregate("aggregate-trap", "as aggregate, but only update traps, always", {
  aggregate: { ...STEPS, update: "(unreachable)" },
  fields: NUMBER_FIELDS,
});
const { scalar: TEXT_ANSWER = "", fields: TEXT_FIELDS = "" } = answers([
  batchOf([["x"], new Utf8()]),
]);
const WRONG_TYPE = aggregate("aggregate-type", "a's value is a text, and it declares a double", {
  aggregate: {
    new: answering(Uint8Array.of(1)).body,
    update: ECHO,
    merge: ECHO,
    evaluate: TEXT_ANSWER,
  },
  fields: TEXT_FIELDS,
});

const { body: SECRET, field: SECRET_FIELD } = answering(secretStream());
const TELLS_SECRET = aggregate("aggregate-secret", "a's value is tagged as a secret", {
  aggregate: { ...STEPS, evaluate: SECRET },
  fields: SECRET_FIELD,
});

const letters = (accumulator: Accumulator): string => new TextDecoder().decode(accumulator.state());

export const AGGREGATES: readonly LoaderCheck[] = [
  {
    id: "aggregate.steps",
    title: "an aggregate's steps follow each other, awaited or not, each in a guest of its own",
    scenarios: [WRITING],
    run: async (subject) => {
      const { aggregate } = await subject.load(WRITING);
      const accumulator = aggregate.createAccumulator();
      const other = aggregate.createAccumulator();
      const updates = [accumulator.update(ROWS), accumulator.update(ROWS)];
      await Promise.all([...updates, accumulator.merge([other.state()])]);
      expectEqual("the state", letters(accumulator), "nuum");
      expectEqual("the value", await accumulator.evaluate(), 4);
      expectEqual("the state of one that saw nothing", letters(other), "n");
    },
  },
  {
    id: "aggregate.steps-sync",
    title: "an aggregate's steps run at once as well",
    scenarios: [WRITING],
    run: async (subject) => {
      const { aggregate } = await subject.load(WRITING);
      const accumulator = aggregate.createAccumulator();
      accumulator.updateSync(ROWS);
      accumulator.mergeSync([accumulator.state()]);
      expectEqual("the state", letters(accumulator), "num");
      expectEqual("the value", accumulator.evaluateSync(), 3);
    },
  },
  {
    id: "aggregate.input",
    title: "update gets rows as a function does, and merge one Binary column partial_state",
    scenarios: [TELLING],
    run: async (subject) => {
      const told: unknown[] = [];
      const hear = tick((stream) => {
        const batch = decodeBatch(stream);
        const [field] = batch?.schema.fields ?? [];
        const values = [...(batch?.getChildAt(0) ?? [])];
        told.push([field?.name, String(field?.type), values]);
        return new Uint8Array(0);
      });
      const { aggregate } = await subject.load(TELLING, {}, { hostFunctions: [hear] });
      const accumulator = aggregate.createAccumulator();
      await accumulator.update(ROWS);
      await accumulator.merge([Uint8Array.of(1), Uint8Array.of(2, 3)]);
      expectEqual("what the guests got", told, [
        ["arg0", "Float64", [1, 2]],
        ["partial_state", "Binary", [Uint8Array.of(1), Uint8Array.of(2, 3)]],
      ]);
    },
  },
  {
    id: "aggregate.error",
    title: "a step that fails leaves the state as it was",
    scenarios: [FAILING],
    run: async (subject) => {
      const { aggregate } = await subject.load(FAILING);
      const accumulator = aggregate.createAccumulator();
      expectEqual("the state before", letters(accumulator), "n");
      expectFnCode(await refused(accumulator.update(ROWS), "update to fail"), 7);
      expectEqual("the state after it", letters(accumulator), "n");
    },
  },
  {
    id: "aggregate.trap",
    title: "a step that traps is an error TRAP, and those after it go on from the state before",
    scenarios: [TRAPPING],
    run: async (subject) => {
      const { aggregate } = await subject.load(TRAPPING);
      const accumulator = aggregate.createAccumulator();
      const update = refused(accumulator.update(ROWS), "update to fail");
      const merge = later(accumulator.merge([Uint8Array.of(1)]));
      expectCode(await update, "TRAP");
      await merge;
      expectEqual("the state", letters(accumulator), "nm");
    },
  },
  {
    id: "aggregate.type",
    title: "a value of another type is refused with OUTPUT_DECODE",
    scenarios: [WRONG_TYPE],
    run: async (subject) => {
      const { aggregate } = await subject.load(WRONG_TYPE);
      const accumulator = aggregate.createAccumulator();
      expectCode(await refused(accumulator.evaluate(), "evaluate to be refused"), "OUTPUT_DECODE");
    },
  },
  {
    id: "aggregate.secret",
    title: "rows and values that are tagged as a secret are refused with IPC",
    scenarios: [TELLS_SECRET],
    run: async (subject) => {
      const { aggregate } = await subject.load(TELLS_SECRET);
      const accumulator = aggregate.createAccumulator();
      const secret = secretBatch();
      const updates = [
        await refused(accumulator.update(secret), "update to be refused"),
        await refused(() => accumulator.updateSync(secret), "updateSync to be refused"),
      ];
      expectCodes(updates, "IPC", /key/);
      expectEqual("the state", letters(accumulator), "n");
      const values = [
        await refused(accumulator.evaluate(), "evaluate to be refused"),
        await refused(() => accumulator.evaluateSync(), "evaluateSync to be refused"),
      ];
      expectCodes(values, "IPC", /key/);
    },
  },
];
