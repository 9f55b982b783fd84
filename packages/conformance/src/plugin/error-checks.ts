import type { FnError } from "@uni/plugin";
import { NO_MESSAGE_SET } from "@uni/wasm-rt";
import { type Check, fail } from "../check.ts";
import type { Trials } from "./trials.ts";

/** Of a longer one, loaders keep the characters that fit whole into 65,536 bytes. */
const MAX_MESSAGE_BYTES = 2 ** 16 - 4;

/** The checks that what a function refuses with is well-formed. */
export function errorChecks(trials: Trials): Check[] {
  const { qname } = trials.callee;
  const check = (name: string, title: string, judge: (error: FnError, about: string) => void) => ({
    id: `errors.${name}:${qname}`,
    title,
    run: async () => {
      for (const { outcome, about } of await trials.of()) {
        if (outcome.kind === "refused") judge(outcome.error, about);
      }
    },
  });
  return [
    check("message", "says why it refuses, in a text that can be shown", requireMessage),
    check("code", "refuses with a code other than 0", requireCode),
  ];
}

function requireMessage({ message }: FnError, about: string): void {
  const expected = (what: string) => `the error for ${about} to have a message ${what}`;
  if (message === "" || message.endsWith(NO_MESSAGE_SET)) fail(expected("of its own"), message);
  const bytes = Buffer.byteLength(message);
  if (bytes > MAX_MESSAGE_BYTES) {
    fail(expected(`of at most ${MAX_MESSAGE_BYTES} bytes`), `one that was cut at ${bytes}`);
  }
  if (/(?![\n\t])\p{Cc}/u.test(message)) {
    fail(expected("without control characters but newlines and tabs"), message);
  }
}

function requireCode({ fnCode, message }: FnError, about: string): void {
  if (fnCode === 0) fail(`the error for ${about} to have a code other than 0`, `0: ${message}`);
}
