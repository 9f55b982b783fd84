import { encodeBatch } from "@uni/wasm-rt";
import { type RecordBatch, Utf8 } from "apache-arrow";
import { batchOf } from "../../batches/batch-of.ts";
import { secretStream } from "../../batches/secret-batch.ts";
import { fail } from "../../check.ts";
import { answers, scenario, textData } from "../../guests/canned.ts";
import { MEMORY } from "../../guests/guest-text.ts";
import { i32 } from "../../guests/wat.ts";
import { expectCodes, expectFnCode } from "../expect.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { Loaded, refusals } from "../subject.ts";

const ONE = batchOf([[7]]);
const STREAM = encodeBatch(ONE);

const ANSWERS: readonly (readonly [
  id: string,
  what: string,
  answer: Uint8Array | readonly RecordBatch[],
  code: string,
  message?: RegExp,
])[] = [
  ["nothing", "no bytes", new Uint8Array(0), "IPC"],
  ["garbage", "bytes that are no Arrow stream", Uint8Array.of(1, 2, 3), "IPC"],
  ["cut-off", "a stream that is cut off", STREAM.subarray(0, -30), "IPC"],
  ["batches", "two batches", [ONE, ONE], "IPC"],
  ["secret", "a column that is tagged as a secret", secretStream(), "IPC", /key/],
  ["type", "a column of another type", [batchOf([["7"], new Utf8()])], "OUTPUT_DECODE"],
  ["rows", "more rows than it was given", [batchOf([[7, 8]])], "OUTPUT_DECODE"],
  ["no-rows", "fewer rows than it was given", [batchOf([[]])], "OUTPUT_DECODE"],
  ["columns", "two columns", [batchOf([[7]], [[7]])], "OUTPUT_DECODE"],
];

const { passed: SAID, field: NO } = textData("not today — ∅");
const refusing = (code: number): string => `(call $refuse ${i32(code)} ${SAID})`;

const FAILING = scenario("error", "f(x) fails with code 300 and the message not today — ∅", {
  scalar: refusing(300),
  fields: NO,
});
const LARGE_CODE = scenario("error-large", "f(x) fails with code 4294967295 and a message", {
  scalar: refusing(-1),
  fields: NO,
});
const SILENT = scenario("error-silent", "f(x) fails with code 1 and a message of no bytes", {
  scalar: `(call $refuse ${i32(1)} ${i32(MEMORY.data)} ${i32(0)})`,
});

export const ANSWER_CHECKS: readonly LoaderCheck[] = [
  ...ANSWERS.map(([id, what, answer, code, message]): LoaderCheck => {
    const guest = scenario(`answer-${id}`, `f(x) answers ${what}`, answers(answer));
    return {
      id: `answer.${id}`,
      title: `an answer of ${what} is refused with ${code}`,
      scenarios: [guest],
      run: async (subject) => {
        const { scalar } = await subject.load(guest);
        expectCodes(await refusals(scalar, ONE), code, message);
      },
    };
  }),
  {
    id: "error.function",
    title: "an error of the function is an FnError with its code and its message",
    scenarios: [FAILING, LARGE_CODE],
    run: async (subject) => {
      for (const [guest, code] of [
        [FAILING, 300],
        [LARGE_CODE, 2 ** 32 - 1],
      ] as const) {
        const { scalar } = await subject.load(guest);
        for (const error of await refusals(scalar, ONE)) {
          expectFnCode(error, code);
          if (!error.message.includes("not today — ∅")) fail("the guest's message", error);
        }
      }
    },
  },
  {
    id: "error.silent",
    title: "an error without a message is an FnError with its code, and has nobody else's message",
    scenarios: [FAILING, SILENT],
    run: async (subject) => {
      const { loader, scalar: failing } = await subject.load(FAILING);
      const { scalar } = new Loaded(loader, await loader.load(await subject.bytes(SILENT)));
      for (let i = 0; i < 2; i++) {
        await refusals(failing, ONE);
        for (const error of await refusals(scalar, ONE)) {
          expectFnCode(error, 1);
          if (/not today|undefined|null/.test(error.message)) fail("no message of a guest", error);
        }
      }
    },
  },
];
