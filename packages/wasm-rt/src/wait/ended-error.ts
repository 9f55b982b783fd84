import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { CallEnding } from "./call-ending.ts";

/** The loader's error for a call that ended before it was done: `TIMEOUT`, `ABORTED` or `CLOSED`. */
export function endedError<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  what: string,
  { reason, begun, allowedMs, abortReason }: CallEnding,
): E {
  switch (reason) {
    case "aborted":
      return new errors(
        "ABORTED",
        begun
          ? `${what} was aborted; its guest was ended`
          : `${what} was aborted before it started`,
        { cause: abortReason },
      );
    case "closed":
      return new errors(
        "CLOSED",
        begun
          ? `${what} was ended: its plugin was destroyed`
          : `${what} had not started when its plugin was closed`,
      );
    default:
      return new errors(
        "TIMEOUT",
        begun
          ? `${what} did not finish within ${allowedMs} ms; its guest was ended`
          : `${what} did not start within ${allowedMs} ms: all that could run it was busy`,
      );
  }
}
