import { FnError } from "@uni/plugin/errors";
import { cutMessage } from "../host/log-record.ts";

/** How a message ends that the host made, since the function set none. */
export const NO_MESSAGE_SET = "and set no error message";

/**
 * What a function of a plugin reports as its own error.
 *
 * @param name the export, for a message where the guest has none.
 * @param code unsigned; of 32 bits.
 */
export function reportedError(
  name: string,
  { code, message, retryable = false }: ReportedFailure,
): FnError {
  return new FnError({
    fnCode: code,
    message: cutMessage(message) || `${name} failed with code ${code} ${NO_MESSAGE_SET}`,
    retryable,
  });
}

/** An error that a plugin's function reports, in the words of the contract. */
export interface ReportedFailure {
  readonly code: number;
  /** Empty where the guest set none. */
  readonly message: string;
  readonly retryable?: boolean;
}
