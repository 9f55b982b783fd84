import type { LoaderError } from "../errors/loader-error.ts";
import type { MakeLoaderError } from "../errors/typed-error.ts";
import { ThreadDied } from "./guest-thread.ts";

/** The loader's error for a thread that died by itself; any other error stays. */
export function diedError<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  what: string,
  cause: unknown,
): unknown {
  if (!(cause instanceof ThreadDied)) return cause;
  return cause.outOfMemory
    ? new errors("RESOURCE_LIMIT", `${what}: its guest thread ran out of memory`, { cause })
    : new errors("INTERNAL", `${what}: its guest thread ended: ${cause.message}`, { cause });
}
