import { FnError, type FnFailure, UniError } from "@uni/plugin/errors";
import { LoaderError, type LoaderErrorCode } from "../errors/loader-error.ts";
import type { MakeLoaderError } from "../errors/typed-error.ts";
import { cutMessage } from "../host/log-record.ts";
import { HostRefused } from "./host-refused.ts";

/** An error as data, from the thread on which a guest ran to the host's. Messages are bounded. */
export type CarriedError =
  | ({ readonly kind: "fn" } & FnFailure)
  | {
      readonly kind: "loader";
      readonly code: LoaderErrorCode;
      readonly message: string;
      readonly cause: { readonly name: string; readonly message: string } | undefined;
    }
  /** An error of another kind that a host function threw on the thread. */
  | { readonly kind: "other"; readonly code: string; readonly message: string }
  /** A service of the host failed on the host's own thread, where the error still is. */
  | { readonly kind: "host" };

export function carry(error: UniError | HostRefused): CarriedError {
  if (error instanceof HostRefused) return { kind: "host" };
  const message = cutMessage(error.message);
  if (error instanceof FnError) {
    const { fnCode, retryable } = error;
    return { kind: "fn", fnCode, message, retryable };
  }
  const { code, cause } = error;
  if (!(error instanceof LoaderError)) return { kind: "other", code, message };
  return {
    kind: "loader",
    code: error.code,
    message,
    cause:
      cause instanceof Error ? { name: cause.name, message: cutMessage(cause.message) } : undefined,
  };
}

/** What can be the cause of a trap. */
const ERRORS: ReadonlyMap<string, new (message: string) => Error> = new Map(
  [RangeError, TypeError, WebAssembly.RuntimeError, WebAssembly.LinkError].map((errorClass) => [
    errorClass.name,
    errorClass,
  ]),
);

/** @param hostError what a service of the host failed with. */
export function uncarry<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  carried: CarriedError,
  hostError: unknown,
): unknown {
  switch (carried.kind) {
    case "host":
      return hostError;
    case "fn":
      return new FnError(carried);
    case "other":
      return new UniError(carried.code, carried.message);
    case "loader": {
      const { code, message, cause } = carried;
      if (cause === undefined) return new errors(code, message);
      const OriginalError = ERRORS.get(cause.name) ?? Error;
      return new errors(code, message, { cause: new OriginalError(cause.message) });
    }
  }
}
