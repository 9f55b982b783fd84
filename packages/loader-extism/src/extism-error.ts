import { brand } from "@uni/plugin/errors";
import { LoaderError } from "@uni/wasm-rt/guest";

/** What can go wrong with an Extism plugin; `code` says what did. */
export class ExtismError extends LoaderError {
  static {
    brand(ExtismError, "ExtismError");
  }

  /** What the pool throws at its cap: `RESOURCE_LIMIT`. */
  static resourceLimit(message: string): ExtismError {
    return new ExtismError("RESOURCE_LIMIT", message);
  }
}
