import { UniError } from "@uni/plugin/errors";
import type { LoaderError, LoaderErrorCode } from "./loader-error.ts";
import { trapReason } from "./trap.ts";

/** Makes errors of one class. */
export type MakeLoaderError<E extends LoaderError> = new (
  code: LoaderErrorCode,
  message: string,
  options?: ErrorOptions,
) => E;

/**
 * What a call failed with, as an error that says what it is: what the engine threw at a guest is
 * `TRAP`, and what nobody expected `INTERNAL`.
 */
export function typedError<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  what: string,
  error: unknown,
): UniError {
  if (error instanceof UniError) return error;
  const reason = trapReason(error);
  return reason === undefined
    ? new errors("INTERNAL", `${what} failed inside the loader`, { cause: error })
    : new errors("TRAP", `${what} trapped: ${reason}`, { cause: error });
}
