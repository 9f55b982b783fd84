import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import type { HostImports } from "../host/provided-function.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import { bufferOf, carriedCall } from "./carried-call.ts";
import type { GuestThread } from "./guest-thread.ts";
import type { GuestOrigin } from "./protocol.ts";
import type { RemoteGuest } from "./remote-guest.ts";

/** One call on a thread that was taken for it. */
export interface ThreadCall<E extends LoaderError> {
  readonly guest: RemoteGuest;
  readonly thread: GuestThread;
  readonly from: GuestOrigin;
  /** Whether the thread was just sent what the guest is made of, and will say when it has it. */
  readonly introduced: boolean;
  /** Names the call in messages. */
  readonly what: string;
  readonly call: GuestCall;
  readonly ending: CallEnding;
  readonly services: HostImports["services"];
  readonly errors: LoaderErrorClass<E>;
}

/**
 * Begins the call: from here on the guest's time counts.
 *
 * @param sync whether the host's thread sleeps until the call is done.
 */
export function postCall<E extends LoaderError>(
  { guest, thread, from, what, call, ending }: ThreadCall<E>,
  sync: boolean,
): void {
  ending.begin();
  const carried = carriedCall(call);
  const { id, keeps: keep } = guest;
  const built = guest.begin(thread);
  thread.post(
    { kind: "call", guest: id, built, keep, from, what, call: carried.call, sync },
    carried.transfer,
  );
}

/** Gives a guest the answer of a host service. Bytes stay the embedder's; what goes is a copy. */
export function postAnswer(thread: GuestThread, answer: unknown): void {
  if (!(answer instanceof Uint8Array)) {
    thread.post({ kind: "answer", value: answer });
    return;
  }
  const copy = new Uint8Array(answer);
  thread.post({ kind: "answer", value: copy }, [bufferOf(copy)]);
}
