import { UniError } from "@uni/plugin/errors";
import type { LoaderError } from "../errors/loader-error.ts";
import type { MakeLoaderError } from "../errors/typed-error.ts";

/**
 * The loader's `INTERNAL` for code of the host that failed while a guest was waiting for it, so that
 * nobody takes it for what the guest did. What is typed already stays.
 *
 * @param what names the code, such as "the host's logger".
 */
export function hostFailure<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  what: string,
  cause: unknown,
): UniError {
  if (cause instanceof UniError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new errors("INTERNAL", `${what} failed: ${reason}`, { cause });
}
