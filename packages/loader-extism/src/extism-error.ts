import { brand } from "@uni/plugin/errors";
import { LoaderError } from "@uni/wasm-rt/guest";

/** What can go wrong with an Extism plugin; `code` says what did. */
export class ExtismError extends LoaderError {
  static {
    brand(ExtismError, "ExtismError");
  }

  static resourceLimit(message: string): ExtismError {
    return new ExtismError("RESOURCE_LIMIT", message);
  }
}
