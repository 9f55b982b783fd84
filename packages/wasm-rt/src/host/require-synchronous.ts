import type { LoaderError } from "../errors/loader-error.ts";
import type { MakeLoaderError } from "../errors/typed-error.ts";
import type { ClosureResult } from "./provided-function.ts";

/**
 * What a host function answered, where nobody can wait for it.
 *
 * @param why says what would have to be otherwise.
 */
export function requireSynchronous<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  name: string,
  result: ClosureResult,
  why: string,
): Uint8Array {
  if (result instanceof Uint8Array) return result;
  // Nobody will look at what becomes of it.
  result.catch(() => {});
  throw new errors("INTERNAL", `the host function ${name} is asynchronous: ${why}`);
}
