import type { LoaderError, LoaderErrorClass } from "../load/loader-error.ts";

/**
 * The loader's `INTERNAL` for code of the host that failed while a guest was waiting for it, so that
 * nobody takes it for what the guest did.
 *
 * @param what names the code, such as "the host's logger".
 */
export function hostFailure<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  what: string,
  cause: unknown,
): E {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new errors("INTERNAL", `${what} failed: ${reason}`, { cause });
}
