import { brand } from "@uni/plugin/errors";
import { LoaderError } from "@uni/wasm-rt/guest";

/** What can go wrong with a __name__ plugin; `code` says what did. */
export class __Name__Error extends LoaderError {
  static {
    brand(__Name__Error, "__Name__Error");
  }

  /** What the pool throws at its cap: `RESOURCE_LIMIT`. */
  static resourceLimit(message: string): __Name__Error {
    return new __Name__Error("RESOURCE_LIMIT", message);
  }
}
