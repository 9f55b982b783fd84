import { brand } from "@uni/plugin/errors";
import { LoaderError } from "@uni/wasm-rt/guest";

/** What can go wrong with a component; `code` says what did. */
export class ComponentError extends LoaderError {
  static {
    brand(ComponentError, "ComponentError");
  }

  /** What the pool throws at its cap: `RESOURCE_LIMIT`. */
  static resourceLimit(message: string): ComponentError {
    return new ComponentError("RESOURCE_LIMIT", message);
  }
}
