import { GuestFault } from "./guest-fault.ts";
import type { LoaderError, LoaderErrorClass } from "./loader-error.ts";
import { trapReason } from "./trap.ts";

/** What a call has left behind, however the guest's code ended. */
export interface CallRecord {
  /** The message that the guest set. */
  readonly error?: string | undefined;
  /** What ended the call first; a guest can catch what its imports throw, and carry on. */
  readonly failure: unknown;
}

/**
 * Runs guest code; what the guest did wrong counts even where it caught what it was told.
 *
 * @param name the export in messages.
 * @param current the call that is under way once the code has ended.
 * @throws the loader's error, or what a host function threw.
 */
export function attempt<T, E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  name: string,
  current: () => CallRecord,
  body: () => T,
): T {
  let outcome: { readonly value: T } | { readonly error: unknown };
  try {
    outcome = { value: body() };
  } catch (error) {
    outcome = { error };
  }
  const { failure, error: message } = current();
  if (failure === undefined && "value" in outcome) return outcome.value;
  const cause = failure ?? ("error" in outcome ? outcome.error : undefined);
  if (cause instanceof GuestFault) {
    throw new errors(cause.code, `${name}: ${cause.message}`, { cause });
  }
  const reason = trapReason(cause);
  if (reason !== undefined) {
    const said = message === undefined ? "" : `; the guest said: ${message}`;
    throw new errors("TRAP", `${name} trapped: ${reason}${said}`, { cause });
  }
  // V8 converts between BigInt and numbers at the boundary, and refuses with a TypeError.
  if (failure === undefined && cause instanceof TypeError) {
    throw new errors(
      "INVALID_PLUGIN",
      `${name} has another signature than the ABI says, or uses an import with one: ${cause.message}`,
      { cause },
    );
  }
  throw cause;
}
