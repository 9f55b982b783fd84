import { brand, UniError } from "@uni/plugin/errors";
import type { PoolResourceLimit } from "../pool/pool-error.ts";

/** What can go wrong with a plugin, whatever its format. */
export type LoaderErrorCode =
  /** The bytes are not a plugin of this format. */
  | "INVALID_PLUGIN"
  /** Its manifest or its registration is not valid. */
  | "MANIFEST_INVALID"
  /** It cannot be instantiated on what this host provides. */
  | "INSTANTIATE"
  /** It uses what it was not granted. */
  | "CAPABILITY_DENIED"
  /** It was built for another ABI version. */
  | "ABI_UNSUPPORTED"
  /** A function answered with something else than its signature says. */
  | "OUTPUT_DECODE"
  /** Arguments cannot be encoded, or an answer is not Arrow IPC; `cause` is the `IpcError`. */
  | "IPC"
  /** As many guests are live as the pool allows. */
  | "RESOURCE_LIMIT"
  /** A call outlived its deadline. */
  | "TIMEOUT"
  /** The caller's `AbortSignal` ended the call. */
  | "ABORTED"
  /** The guest trapped. */
  | "TRAP"
  /** The plugin was closed. */
  | "CLOSED"
  /** A fault of the loader. */
  | "INTERNAL";

/** What every loader's own error class extends. */
export class LoaderError extends UniError {
  static {
    brand(LoaderError, "LoaderError");
  }

  declare readonly code: LoaderErrorCode;

  constructor(code: LoaderErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** A loader's error class; also what its pool throws at the cap. */
export interface LoaderErrorClass<E extends LoaderError> extends PoolResourceLimit<E> {
  new (code: LoaderErrorCode, message: string, options?: ErrorOptions): E;
}
