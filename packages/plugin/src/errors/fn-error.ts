import { brand } from "./brand.ts";
import { UniError } from "./uni-error.ts";

/** What a plugin's own function reported about itself. */
export interface FnFailure {
  /** The function's own code, an unsigned 32-bit integer; codes up to 0xFF belong to the framework. */
  readonly fnCode: number;
  readonly message: string;
  /** Whether the function says that the same call may succeed later. */
  readonly retryable: boolean;
}

/** A plugin's function ran and reported an error of its own; `code` is always `FN_ERROR`. */
export class FnError extends UniError {
  static {
    brand(FnError, "FnError");
  }

  /** The function's own code, an unsigned 32-bit integer. */
  readonly fnCode: number;
  /** Whether the function says that the same call may succeed later. */
  readonly retryable: boolean;

  constructor(failure: FnFailure, options?: ErrorOptions) {
    super("FN_ERROR", failure.message, options);
    this.fnCode = failure.fnCode;
    this.retryable = failure.retryable;
  }
}
