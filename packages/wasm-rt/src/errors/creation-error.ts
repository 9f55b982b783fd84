import type { LoaderError, LoaderErrorClass } from "./loader-error.ts";

/** The loader's error for what the engine threw while it made an instance; what it does not know stays. */
export function creationError<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  cause: unknown,
): unknown {
  if (cause instanceof WebAssembly.LinkError) {
    return new errors("INSTANTIATE", `the module cannot be linked: ${cause.message}`, { cause });
  }
  // V8 says so where the address space for one more memory is missing.
  if (cause instanceof RangeError && cause.message.includes("allocate")) {
    return new errors("RESOURCE_LIMIT", `no memory for another guest: ${cause.message}`, { cause });
  }
  return cause;
}
