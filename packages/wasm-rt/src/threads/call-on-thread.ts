import { AsyncResource } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { LoaderError } from "../errors/loader-error.ts";
import { endedError } from "../wait/ended-error.ts";
import { answerService } from "./answer-service.ts";
import { uncarry } from "./carried-error.ts";
import type { ServiceRequest } from "./protocol.ts";
import { postAnswer, postCall, type ThreadCall } from "./thread-call.ts";

/** How long a call that was ended waits for its thread to be gone before it says so anyway. */
const GRACE_MS = 100;

/**
 * Makes a call on a thread that was taken for it. Where the call ends early its thread is ended; the
 * promise rejects when the guest is gone, or a moment later where that takes long.
 */
export function callOnThread<E extends LoaderError>(made: ThreadCall<E>): Promise<Uint8Array> {
  return new Promise((resolve, reject) => new RunningCall(made, resolve, reject).begin());
}

class RunningCall<E extends LoaderError> extends AsyncResource {
  readonly #made: ThreadCall<E>;
  readonly #resolve: (output: Uint8Array) => void;
  readonly #reject: (error: unknown) => void;
  #hostError: unknown;
  #posted = false;
  #paused = false;
  #over = false;

  constructor(
    made: ThreadCall<E>,
    resolve: (output: Uint8Array) => void,
    reject: (error: unknown) => void,
  ) {
    // Host services run in the caller's asynchronous context, not in that of a message.
    super("UniGuestCall");
    this.#made = made;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const { guest, thread, ending, errors, introduced } = this.#made;
    thread.listen({
      message: (message) => {
        switch (message.kind) {
          case "introduced":
            return this.#post();
          case "service":
            return this.runInAsyncScope(() => this.#serve(message.request));
          case "result":
            this.#finish();
            guest.wasBuilt(ending.begunAt, message.buildMs);
            return this.#resolve(message.output);
          case "failed":
            this.#finish();
            guest.wasBuilt(ending.begunAt, message.buildMs);
            return this.#reject(uncarry(errors, message.error, this.#hostError));
        }
      },
      died: (error) => {
        this.#finish();
        this.#reject(error);
      },
    });
    ending.enter(() => this.#end());
    if (!this.#over && !introduced) this.#post();
  }

  #post(): void {
    if (this.#posted) return;
    this.#posted = true;
    try {
      postCall(this.#made, false);
    } catch (error) {
      this.#finish();
      this.#reject(error);
    }
  }

  #serve(request: ServiceRequest): void {
    const { thread, services } = this.#made;
    try {
      const answer = answerService(services, request);
      if (answer instanceof Promise) this.#serveLater(answer);
      else postAnswer(thread, answer);
    } catch (error) {
      this.#refuse(error);
    }
  }

  #serveLater(answer: Promise<unknown>): void {
    this.#paused = true;
    this.#made.thread.home.pause();
    answer.then(
      (value) => {
        if (!this.#continues()) return;
        postAnswer(this.#made.thread, value);
      },
      (error) => {
        if (this.#continues()) this.#refuse(error);
      },
    );
  }

  /** The guest goes on after an asynchronous answer, unless it was ended meanwhile. */
  #continues(): boolean {
    if (this.#over) return false;
    this.#resume();
    return true;
  }

  #refuse(error: unknown): void {
    this.#hostError = error;
    this.#made.thread.post({ kind: "refused" });
  }

  #end(): void {
    const { guest, thread, what, ending, errors } = this.#made;
    this.#finish();
    const gone = thread.home.end(thread);
    guest.gone = gone;
    const patience = new AbortController();
    const waited = sleep(GRACE_MS, undefined, { signal: patience.signal }).catch(() => {});
    void Promise.race([gone, waited]).then(() => {
      patience.abort();
      this.#reject(endedError(errors, what, ending));
    });
  }

  #finish(): void {
    this.#over = true;
    this.#made.thread.listen(undefined);
    this.#made.ending.leave();
    this.#resume();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#made.thread.home.resume();
  }
}
