import { brand, UniError } from "@uni/plugin/errors";

/**
 * - `INVALID_MODULE`: the engine refuses the module as it came.
 * - `OVER_LIMIT`: the module starts with more than the limits allow.
 * - `RESERVED_NAME`: the module imports or exports a name that hardening uses.
 * - `UNKNOWN_FEATURE`: the module uses what this version cannot bound, so nobody may run it.
 */
export type HardenErrorCode = "INVALID_MODULE" | "OVER_LIMIT" | "RESERVED_NAME" | "UNKNOWN_FEATURE";

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

/** The error for what this version does not know. */
export function unknownFeature(what: string): HardenError {
  return new HardenError("UNKNOWN_FEATURE", `${what}, which this version does not know`);
}

/** A code of the binary format as it is written in the specification. */
export function hex(code: number): string {
  return `0x${code.toString(16).padStart(2, "0")}`;
}
