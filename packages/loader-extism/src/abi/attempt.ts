import { trapReason } from "@uni/wasm-rt";
import { ExtismError } from "../extism-error.ts";
import { GuestFault } from "./guest-fault.ts";

/** What a call has left behind, however the guest's code ended. */
export interface CallRecord {
  /** The message that the guest set. */
  readonly error: string | undefined;
  /** What ended the call first; a guest can catch what its imports throw, and carry on. */
  readonly failure: Error | undefined;
}

/**
 * Runs guest code; what the guest did wrong counts even where it caught what it was told.
 *
 * @param name the export in messages.
 * @param current the call that is under way once the code has ended.
 * @throws ExtismError, or what a host function threw.
 */
export function attempt<T>(name: string, current: () => CallRecord, body: () => T): T {
  let outcome: { readonly value: T } | { readonly error: unknown };
  try {
    outcome = { value: body() };
  } catch (error) {
    outcome = { error };
  }
  const { failure, error: message } = current();
  if (failure instanceof GuestFault) {
    throw new ExtismError(failure.code, `${name}: ${failure.message}`, { cause: failure });
  }
  if (failure !== undefined) throw failure;
  if ("value" in outcome) return outcome.value;
  const said = message === undefined ? "" : `; the guest said: ${message}`;
  const cause = outcome.error;
  const reason = trapReason(cause);
  if (reason !== undefined) {
    throw new ExtismError("TRAP", `${name} trapped: ${reason}${said}`, { cause });
  }
  // V8 converts between BigInt and numbers at the boundary, and refuses with a TypeError.
  if (cause instanceof TypeError) {
    throw new ExtismError(
      "INVALID_PLUGIN",
      `${name} has another signature than Extism's ABI, or uses an import with one: ${cause.message}`,
      { cause },
    );
  }
  throw cause;
}
