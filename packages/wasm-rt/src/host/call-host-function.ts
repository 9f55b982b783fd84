import type { LoaderError } from "../errors/loader-error.ts";
import type { MakeLoaderError } from "../errors/typed-error.ts";
import { hostFailure } from "./host-failure.ts";
import type { ClosureResult } from "./provided-function.ts";

/** Calls a function of the embedder; whatever goes wrong in it is typed. */
export function callHostFunction<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  name: string,
  body: () => unknown,
): ClosureResult {
  const what = `the host function ${name}`;
  const bytes = (output: unknown): Uint8Array => {
    if (output instanceof Uint8Array) return output;
    throw new errors("INTERNAL", `${what} returned no Uint8Array`);
  };
  let output: unknown;
  try {
    output = body();
  } catch (error) {
    throw hostFailure(errors, what, error);
  }
  if (!(output instanceof Promise)) return bytes(output);
  return output.then(bytes, (error: unknown) => {
    throw hostFailure(errors, what, error);
  });
}
