import type { QName, WireType } from "@uni/plugin";
import type { RecordBatch } from "apache-arrow";
import { encodeBatch } from "../ipc/encode.ts";
import { IpcError } from "../ipc/ipc-error.ts";
import { refuseSecrets } from "../ipc/membrane.ts";
import type { LoaderError, LoaderErrorClass } from "../load/loader-error.ts";
import { bindArguments } from "./bind-arguments.ts";

/** A function of a plugin, as far as its arguments go. */
export interface Callee {
  readonly qname: QName;
  readonly signature: { readonly args: readonly WireType[] };
}

/** Runs a step over Arrow IPC; what it refuses becomes the loader's `IPC`, with the cause kept. */
export function crossing<T, E extends LoaderError>(
  { qname }: Callee,
  errors: LoaderErrorClass<E>,
  step: () => T,
): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof IpcError)) throw error;
    throw new errors("IPC", `${qname}: ${error.message}`, { cause: error });
  }
}

/**
 * Arguments on their way to a guest.
 *
 * @throws PluginError `ARGUMENTS_INVALID` where they are not what the signature says; the loader's
 * `IPC` where they cannot cross.
 */
export function encodeArguments<E extends LoaderError>(
  callee: Callee,
  args: RecordBatch,
  errors: LoaderErrorClass<E>,
): Uint8Array {
  return crossing(callee, errors, () => {
    // Before the columns get the names of the contract: a tag sits on the caller's field.
    refuseSecrets(args.schema, "to the guest");
    return encodeBatch(bindArguments(callee, args));
  });
}
