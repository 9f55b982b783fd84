import { isDeepStrictEqual } from "node:util";
import { FnError, type UniError } from "@uni/plugin";
import { fail, shown } from "../check.ts";

/** @throws CheckFailure unless the two are equal, `NaN` and `-0` told apart as `Object.is` does. */
export function expectEqual(what: string, came: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(came, expected)) fail(`${what} to be ${shown(expected)}`, came);
}

/** @throws CheckFailure unless the error has the code, and the pattern is in its message. */
export function expectCode(error: UniError, code: string, pattern?: RegExp): void {
  if (error.code !== code) fail(`the code ${code}`, `${error.code} (${error.message})`);
  if (pattern !== undefined && !pattern.test(error.message)) {
    fail(`a message like ${pattern}`, error.message);
  }
}

/** @throws CheckFailure unless it is an error of the function with this code. */
export function expectFnCode(error: UniError, fnCode: number): void {
  const came = error instanceof FnError ? `${error.fnCode}: ${error.message}` : error;
  if (!(error instanceof FnError) || error.fnCode !== fnCode)
    fail(`an FnError of code ${fnCode}`, came);
}

/** As {@link expectCode}, for each of them. */
export function expectCodes(errors: readonly UniError[], code: string, pattern?: RegExp): void {
  for (const error of errors) expectCode(error, code, pattern);
}
