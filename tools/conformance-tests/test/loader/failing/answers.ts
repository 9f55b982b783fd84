import { ExtismError } from "@uni/loader-extism";
import { ECHO } from "../../../../../packages/conformance/src/guests/canned.ts";
import { i32 } from "../../../../../packages/conformance/src/guests/wat.ts";
import { ANSWER_CHECKS } from "../../../../../packages/conformance/src/loader/checks/answers.ts";
import { type Broken, broken, refusal, textOf, withGuest, withScalar } from "../broken.ts";

const NOT_REFUSED = /expected invoke to be refused, got/;
const OTHER_CODE = /expected the code (IPC|OUTPUT_DECODE), got "TRAP/;

const IDS = ANSWER_CHECKS.map(({ id }) => id).filter((id) => id.startsWith("answer."));
const codeOf = (name: string, code: number, other: number) =>
  withGuest(name, { scalar: textOf(name).scalar?.replace(i32(code), i32(other)) });
/** Says nothing of what it refuses. */
const curt = withScalar((scalar) => {
  const curtly = (error: unknown) =>
    error instanceof ExtismError ? refusal(error.code, "no") : error;
  return {
    invoke: (...args) =>
      scalar.invoke(...args).catch((error: unknown) => {
        throw curtly(error);
      }),
  };
});

export const FAILING_ANSWERS: readonly Broken[] = [
  ...IDS.flatMap((id) => {
    const name = id.replace(".", "-");
    return [
      broken(id, NOT_REFUSED, withGuest(name, { scalar: ECHO })),
      broken(id, OTHER_CODE, withGuest(name, { scalar: "(unreachable)" })),
    ];
  }),
  broken("answer.secret", /a message like \/key\/, got "no"/, curt),
  broken(
    "error.function",
    /an FnError of code 300, got "299: not today/,
    codeOf("error", 300, 299),
  ),
  broken(
    "error.function",
    /an FnError of code 4294967295, got "4294967294: not today/,
    codeOf("error-large", -1, -2),
  ),
  broken(
    "error.function",
    /expected the guest's message, got FnError/,
    withGuest("error", { fields: "" }),
  ),
  broken("error.silent", /an FnError of code 1, got "2: /, codeOf("error-silent", 1, 2)),
  broken(
    "error.silent",
    /expected no message of a guest, got FnError: not today/,
    withGuest("error-silent", {
      scalar: textOf("error").scalar?.replace(i32(300), i32(1)),
      fields: textOf("error").fields,
    }),
  ),
  broken(
    "error.silent",
    /an FnError of code 1, got ExtismError: .*trapped/,
    withGuest("error-silent", { scalar: "(unreachable)" }),
  ),
];
