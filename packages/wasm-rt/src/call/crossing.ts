import type { QName, WireType } from "@uni/plugin";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { IpcDecodeOptions } from "../ipc/decode/decode-options.ts";
import { IpcError } from "../ipc/ipc-error.ts";

/** A function of a plugin, as far as its arguments go. */
export interface Callee {
  readonly qname: QName;
  readonly signature: { readonly args: readonly WireType[] };
}

/**
 * How to decode what a guest answered: the host has it as a copy that nobody else can reach. Objects
 * cost the most for their bytes; so many hold the host's thread for a moment, and not for seconds.
 */
export const GUEST_ANSWER: IpcDecodeOptions = Object.freeze({ owned: true, maxObjects: 1 << 15 });

/** Rows that are counted rather than refused unread, so that an error can say how many there are. */
const COUNTED_ROWS = 1 << 16;

/** How to decode an answer that has `rows` rows, or is wrong. */
export function answerOf(rows: number): IpcDecodeOptions {
  return { ...GUEST_ANSWER, maxRows: Math.max(rows, COUNTED_ROWS) };
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
