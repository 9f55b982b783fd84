import { encodeBatch } from "@uni/wasm-rt";
import { batchOf } from "../batches/batch-of.ts";
import { answering, scenario } from "./canned.ts";
import { MEMORY } from "./guest-text.ts";
import type { Scenario } from "./scenario.ts";
import { forever, i32 } from "./wat.ts";

// Unlike anything else in a stream.
const MARK = 123_456_789.125;
const STREAM = encodeBatch(batchOf([[MARK]]));
const VALUE_AT =
  MEMORY.data + Buffer.from(STREAM).indexOf(new Uint8Array(Float64Array.of(MARK).buffer));
const { body: ANSWER, field: DATA } = answering(STREAM);

const IN_MEMORY = i32(12_288);
const ONE = "(f64.const 1)";

/** Fields of a guest that answers with a number. */
export const NUMBER_FIELDS: string = DATA;
/** A body that answers the one double that an expression leaves. */
export const answerNumber = (expression: string): string =>
  `(f64.store ${i32(VALUE_AT)} ${expression}) ${ANSWER}`;

const COUNT = `(global.set $calls (f64.add (global.get $calls) ${ONE}))
  (f64.store ${IN_MEMORY} (f64.add (f64.load ${IN_MEMORY}) ${ONE}))`;
const FIELDS = `${DATA} (global $calls (mut f64) (f64.const 0))`;
// What counts in one of the two alone shows as well.
const ANSWER_COUNT = answerNumber(
  `(f64.sub (f64.add (global.get $calls) (f64.load ${IN_MEMORY})) ${ONE})`,
);

export const BUMP: Scenario = scenario(
  "bump",
  "f(x) answers how often its guest was called, in a batch of one row: 1 in a fresh guest; manifest and register count as calls",
  { inManifest: COUNT, inRegister: COUNT, scalar: `${COUNT} ${ANSWER_COUNT}`, fields: FIELDS },
);

/** Long against every deadline here, and yet it ends: a loader without deadlines answers. */
export const SPIN_BODY = `(local.set $j (i64.const 12000000000))
  (loop $spin (br_if $spin (i64.ne
    (local.tee $j (i64.sub (local.get $j) (i64.const 1))) (i64.const 0))))`;

/** How the calls of {@link STEERED} can end, by how many bytes the host function gives. */
export const ENDS = { answer: 0, trap: 1, error: 2, timeout: 3, garbage: 4 } as const;

/** What a call that ended so fails with. */
export const END_CODES = {
  trap: "TRAP",
  error: "FN_ERROR",
  timeout: "TIMEOUT",
  garbage: "IPC",
} as const;

const STEERED_ABOUT =
  "as bump, and f(x) first asks the host function; by how many bytes it gives, it then answers (0), traps (1), fails with code 7 (2), computes for seconds (3), or answers three bytes that are no Arrow (4)";
const steeredBody = (answer: string): string => `${COUNT}
      (local.set $i (call $ask ${i32(MEMORY.data)} ${i32(0)} ${i32(12_320)}))
      (if (i32.eq (local.get $i) ${i32(ENDS.trap)}) (then (unreachable)))
      (if (i32.eq (local.get $i) ${i32(ENDS.timeout)}) (then ${SPIN_BODY}))
      (if (i32.eq (local.get $i) ${i32(ENDS.error)})
        (then (call $refuse ${i32(7)} ${i32(MEMORY.data)} ${i32(0)}))
        (else (if (i32.eq (local.get $i) ${i32(ENDS.garbage)})
          (then (call $answer ${i32(MEMORY.data)} ${i32(3)}))
          (else ${answer}))))`;

export const STEERED: Scenario = scenario("steered", STEERED_ABOUT, {
  scalar: steeredBody(ANSWER_COUNT),
  fields: FIELDS,
});

/** How often a guest was called, where global and memory have counted alike. */
const ANSWER_MEAN = answerNumber(
  `(f64.mul (f64.const 0.5) (f64.add (global.get $calls) (f64.load ${IN_MEMORY})))`,
);

/** What one call of {@link SESSION} spends of its fuel is more than this, and less than ten times it. */
export const SESSION_FUEL = 10_000;

/** For calls of one session. A format whose guests serve one call only declares that it cannot. */
export const SESSION: Scenario = scenario(
  "session",
  `${STEERED_ABOUT}; each call spends more than ${SESSION_FUEL} instructions`,
  {
    scalar: `(local.set $j (i64.const ${SESSION_FUEL / 4}))
      (loop $spend (br_if $spend (i64.ne
        (local.tee $j (i64.sub (local.get $j) (i64.const 1))) (i64.const 0))))
      ${steeredBody(ANSWER_MEAN)}`,
    fields: FIELDS,
  },
);

export const SPIN: Scenario = scenario("spin", "f(x) computes for seconds, and then answers 1", {
  scalar: `${SPIN_BODY} ${answerNumber(ONE)}`,
  fields: DATA,
});

export const SPIN_FOREVER: Scenario = scenario("spin-forever", "f(x) computes for ever", {
  scalar: forever(),
});
