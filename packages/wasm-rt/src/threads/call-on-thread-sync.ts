import type { LoaderError } from "../errors/loader-error.ts";
import { requireSynchronous } from "../host/require-synchronous.ts";
import { endedError } from "../wait/ended-error.ts";
import { answerService } from "./answer-service.ts";
import { uncarry } from "./carried-error.ts";
import type { ServiceRequest } from "./protocol.ts";
import { postAnswer, postCall, type ThreadCall } from "./thread-call.ts";

/**
 * Makes a call while this thread sleeps; it wakes to serve what the guest asks for, so that neither
 * waits for the other. A guest that outlives its deadline is ended, and gone a little later.
 */
export function callOnThreadSync<E extends LoaderError>(made: ThreadCall<E>): Uint8Array {
  const { guest, thread, what, ending, services, errors } = made;
  let hostError: unknown;
  const serve = (request: ServiceRequest) => {
    try {
      const answer = answerService(services, request);
      if (!(answer instanceof Promise)) return postAnswer(thread, answer);
      const why = "invokeSync cannot wait for it; call invoke";
      requireSynchronous(errors, nameOf(request), answer, why);
    } catch (error) {
      hostError = error;
      thread.post({ kind: "refused" });
    }
  };
  let posted = !made.introduced;
  if (posted) postCall(made, true);
  for (;;) {
    const message = nextMessage(made);
    if (message === undefined || (message.kind === "service" && ending.reason !== undefined)) {
      guest.gone = thread.home.end(thread);
      throw endedError(errors, what, ending);
    }
    if (message.kind === "introduced") {
      if (!posted) postCall(made, true);
      posted = true;
    } else if (message.kind === "service") serve(message.request);
    else if (message.kind !== "started") {
      guest.wasBuilt(ending.begunAt, message.buildMs);
      if (message.kind === "result") return message.output;
      throw uncarry(errors, message.error, hostError);
    }
  }
}

/** The thread's next message; undefined where none came in time. */
function nextMessage<E extends LoaderError>({ guest, thread, ending }: ThreadCall<E>) {
  try {
    return thread.receive(ending.remainingMs);
  } catch (error) {
    // No event has told of it yet, and the thread must not be taken for idle.
    guest.gone = thread.home.end(thread);
    throw error;
  }
}

function nameOf(request: ServiceRequest): string {
  return request.service === "function" ? request.name : request.service;
}
