import { brand, UniError } from "@uni/plugin/errors";

/**
 * - `IPC_MALFORMED`: the bytes are not one well-formed Arrow IPC stream, or the batches do not belong in one.
 * - `IPC_EMPTY_INPUT`: there is nothing to encode.
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

export interface IpcErrorOptions extends ErrorOptions {
  /** Path of the column that is to blame, its names joined by dots. */
  readonly column?: string;
}

/** Arrow IPC bytes, or batches on their way to them, were refused. */
export class IpcError extends UniError {
  static {
    brand(IpcError, "IpcError");
  }

  declare readonly code: IpcErrorCode;
  /** Path of the column that is to blame, its names joined by dots. */
  declare readonly column?: string;

  constructor(code: IpcErrorCode, message: string, options: IpcErrorOptions = {}) {
    super(code, message, options);
    if (options.column !== undefined) this.column = options.column;
  }
}
