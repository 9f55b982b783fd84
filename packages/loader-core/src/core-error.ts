import { brand } from "@uni/plugin/errors";
import { LoaderError } from "@uni/wasm-rt/guest";

/** What can go wrong with a core plugin; `code` says what did. */
export class CoreError extends LoaderError {
  static {
    brand(CoreError, "CoreError");
  }

  /** What the pool throws at its cap: `RESOURCE_LIMIT`. */
  static resourceLimit(message: string): CoreError {
    return new CoreError("RESOURCE_LIMIT", message);
  }
}
