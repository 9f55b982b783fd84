import { type Context, createContext, Script } from "node:vm";

// The engine interrupts only what `node:vm` itself has started, so the body is called from a script.
const box: { body?: () => void } = Object.create(null);
const script = new Script("body()");
let context: Context | undefined;

/**
 * Runs guest code on this thread and ends it at its deadline. When that happens no `catch` and no
 * `finally` inside of `body` runs, so `body` must own nothing that has to be given back.
 *
 * @param onTimeout makes the error for a deadline that was missed.
 */
export function runWithin<T>(timeoutMs: number, body: () => T, onTimeout: () => Error): T {
  let outcome: { readonly value: T } | undefined;
  context ??= createContext(box);
  box.body = () => {
    outcome = { value: body() };
  };
  try {
    script.runInContext(context, { timeout: timeoutMs });
  } catch (error) {
    throw isTimeout(error) ? onTimeout() : error;
  } finally {
    delete box.body;
  }
  if (outcome === undefined) throw new Error("the script ended and its body did not run");
  return outcome.value;
}

// Node.js makes this error inside of the context, so it is no `Error` of this realm.
function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}
