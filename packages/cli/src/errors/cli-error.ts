import { brand, UniError } from "@uni/plugin/errors";

/** What this command line refuses by itself; everything else is another package's error. */
export type CliErrorCode =
  /** The command line cannot be understood, or asks for what makes no sense. */
  | "USAGE"
  /** A file cannot be read. */
  | "FILE"
  /** A file is no plugin. */
  | "NOT_A_PLUGIN"
  /** A package that is optional is needed and not there. */
  | "NOT_INSTALLED"
  /** The plugin has no function of this name. */
  | "NOT_FOUND"
  /** Arguments or columns are not what the function takes. */
  | "ARGUMENTS"
  /** The rows of an input cannot be read. */
  | "INPUT"
  /** A result cannot be written. */
  | "OUTPUT"
  /** A query failed. */
  | "QUERY";

export interface CliErrorOptions extends ErrorOptions {
  /** What to do about it, as a sentence without a full stop. */
  readonly hint?: string | undefined;
}

export class CliError extends UniError {
  static {
    brand(CliError, "CliError");
  }

  declare readonly code: CliErrorCode;
  readonly hint: string | undefined;
  /** What the process exits with. */
  readonly status: number;

  constructor(code: CliErrorCode, message: string, options: CliErrorOptions = {}) {
    const { hint, ...rest } = options;
    super(code, message, rest);
    this.hint = hint;
    this.status = code === "USAGE" ? 2 : 1;
  }
}
