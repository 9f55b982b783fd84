import { brand, UniError } from "@uni/plugin/errors";

/**
 * - `OVER_LIMIT`: the module starts with more than the limits allow.
 * - `UNKNOWN_FEATURE`: the module uses what this version cannot bound, so nobody may run it.
 */
export type HardenErrorCode = "OVER_LIMIT" | "UNKNOWN_FEATURE";

/** A module cannot be made safe to run. */
export class HardenError extends UniError {
  static {
    brand(HardenError, "HardenError");
  }

  declare readonly code: HardenErrorCode;

  constructor(code: HardenErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
