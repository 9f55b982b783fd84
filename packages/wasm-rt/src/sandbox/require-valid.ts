import { HardenError } from "./harden-error.ts";
import type { UnsharedBytes } from "./unshared-bytes.ts";

/**
 * Lets the engine judge a module as it came. Rewriting could make a valid module of one that is not:
 * what is appended to a module would be there for whatever refers to one index too many.
 *
 * @throws HardenError `INVALID_MODULE`, with what the engine says.
 */
export function requireValid(bytes: UnsharedBytes): void {
  if (WebAssembly.validate(bytes)) return;
  let cause: unknown;
  try {
    new WebAssembly.Module(bytes);
  } catch (error) {
    cause = error;
  }
  const reason = cause instanceof Error ? cause.message : "the engine does not say why";
  throw new HardenError("INVALID_MODULE", `the module is not valid WebAssembly: ${reason}`, {
    cause,
  });
}
