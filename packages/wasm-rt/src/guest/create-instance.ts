import { creationError } from "../errors/creation-error.ts";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";

/**
 * Makes an instance of a hardened module. Nothing of the guest runs here: such a module has its start
 * function as an export.
 *
 * @throws the loader's `INSTANTIATE`, or `RESOURCE_LIMIT` where there is no memory for it.
 */
export function createInstance<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): WebAssembly.Instance {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (cause) {
    throw creationError(errors, cause);
  }
}
