import { brand, printable, UniError } from "@uni/plugin/errors";
import type { IpcLimits } from "./limits.ts";
import type { IpcRule } from "./rules.ts";

/**
 * Why Arrow IPC bytes, or batches on their way to them, were refused.
 *
 * - `IPC_MALFORMED`: the bytes are not one well-formed Arrow IPC stream, or the batches do not belong in one.
 * - `IPC_EMPTY_INPUT`: there is nothing to encode, or to decode.
 * - `IPC_SECRET_LEAK`: a secret-tagged column would cross the boundary.
 * - `IPC_UNSUPPORTED`: valid Arrow that this runtime does not take.
 * - `IPC_LIMIT`: larger than the caller allows.
 */
export type IpcErrorCode =
  | "IPC_MALFORMED"
  | "IPC_EMPTY_INPUT"
  | "IPC_SECRET_LEAK"
  | "IPC_UNSUPPORTED"
  | "IPC_LIMIT";

/** What an {@link IpcError} says of where the fault is. */
export interface IpcErrorOptions extends ErrorOptions {
  /** Path of the column that is to blame, its names joined by dots. */
  readonly column?: string | undefined;
  /** The rule that a stream breaks, or the limit that it is over. */
  readonly rule?: IpcRule | keyof IpcLimits | undefined;
  /** Position in the stream of the message that breaks it, from 0; the schema is 0. */
  readonly messageIndex?: number | undefined;
}

/** Arrow IPC bytes, or batches on their way to them, were refused. */
export class IpcError extends UniError {
  static {
    brand(IpcError, "IpcError");
  }

  declare readonly code: IpcErrorCode;
  /** Path of the column that is to blame, its names joined by dots. */
  declare readonly column?: string;
  /** The rule that a stream breaks, or the limit that it is over. */
  declare readonly rule?: IpcRule | keyof IpcLimits;
  /** Position in the stream of the message that breaks it, from 0; the schema is 0. */
  declare readonly messageIndex?: number;

  constructor(code: IpcErrorCode, message: string, options: IpcErrorOptions = {}) {
    super(code, printable(message), options);
    const { column, rule, messageIndex } = options;
    if (column !== undefined) this.column = column;
    if (rule !== undefined) this.rule = rule;
    if (messageIndex !== undefined) this.messageIndex = messageIndex;
  }
}
