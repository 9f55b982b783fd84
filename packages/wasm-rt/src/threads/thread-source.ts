import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { typedError } from "../errors/typed-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import type { GuestSource } from "../guest/guest-engine.ts";
import type { HostImports } from "../host/provided-function.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import { endedError } from "../wait/ended-error.ts";
import { callOnThread } from "./call-on-thread.ts";
import { callOnThreadSync } from "./call-on-thread-sync.ts";
import { diedError } from "./died-error.ts";
import type { GuestThread } from "./guest-thread.ts";
import { guestThreads, sessionThreads } from "./process-threads.ts";
import type { GuestOrigin } from "./protocol.ts";
import { RemoteGuest } from "./remote-guest.ts";
import type { ThreadCall } from "./thread-call.ts";

/** Makes guests of one image on one plugin's imports, on guest threads. */
export class ThreadSource<E extends LoaderError> implements GuestSource<RemoteGuest> {
  readonly preparesElsewhere = true;
  readonly #errors: LoaderErrorClass<E>;
  readonly #services: HostImports["services"];
  readonly #origin: GuestOrigin;
  readonly #introduce: (thread: GuestThread) => boolean;
  /** Threads that a guest was built on ahead: one each, for a thread runs one call at a time. */
  readonly #prepared = new WeakSet<GuestThread>();

  /** @param introduce sends a thread what guests are made of; false where it has that. */
  constructor(
    errors: LoaderErrorClass<E>,
    services: HostImports["services"],
    origin: GuestOrigin,
    introduce: (thread: GuestThread) => boolean,
  ) {
    this.#errors = errors;
    this.#services = services;
    this.#origin = origin;
    this.#introduce = introduce;
  }

  create(): RemoteGuest {
    return new RemoteGuest();
  }

  prepare(guest: RemoteGuest, changed: () => void): boolean {
    const thread = guestThreads.idle.findLast((idle) => !this.#prepared.has(idle));
    if (thread === undefined) return false;
    this.#introduce(thread);
    thread.post({ kind: "prepare", guest: guest.id, from: this.#origin });
    this.#prepared.add(thread);
    guest.stayOn(thread, changed);
    return true;
  }

  stateOf(guest: RemoteGuest): "ready" | "busy" | "lost" {
    return guest.state;
  }

  keep(guest: RemoteGuest, changed: () => void): void {
    if (guest.thread !== undefined) this.#prepared.delete(guest.thread);
    guest.keep(changed);
  }

  async call(
    guest: RemoteGuest,
    what: string,
    call: GuestCall,
    ending: CallEnding,
  ): Promise<Uint8Array> {
    try {
      const thread = await this.#threadFor(guest, what, ending);
      try {
        return await callOnThread(this.#threadCall(guest, thread, what, call, ending));
      } finally {
        thread.home.release(thread);
      }
    } catch (error) {
      throw typedError(this.#errors, what, diedError(this.#errors, what, error));
    }
  }

  callSync(guest: RemoteGuest, what: string, call: GuestCall, ending: CallEnding): Uint8Array {
    try {
      const thread = this.#threadForSync(guest, what, ending);
      try {
        return callOnThreadSync(this.#threadCall(guest, thread, what, call, ending));
      } finally {
        thread.home.release(thread);
      }
    } catch (error) {
      throw typedError(this.#errors, what, diedError(this.#errors, what, error));
    }
  }

  async #threadFor(guest: RemoteGuest, what: string, ending: CallEnding): Promise<GuestThread> {
    const refusal = () => endedError(this.#errors, what, ending);
    const thread = guest.keeps
      ? await keptThread(guest, ending, refusal)
      : (this.#claimed(guest) ?? (await guestThreads.acquire(ending, refusal)));
    if (ending.reason === undefined) return thread;
    thread.home.release(thread);
    throw refusal();
  }

  #threadForSync(guest: RemoteGuest, what: string, ending: CallEnding): GuestThread {
    const thread = guest.keeps
      ? this.#keptThreadSync(guest, what, ending)
      : (this.#claimed(guest) ?? guestThreads.acquireSync(ending));
    if (thread !== undefined) return thread;
    throw endedError(this.#errors, what, ending);
  }

  /** The thread on which the guest was built ahead; its host has just seen that it is idle. */
  #claimed(guest: RemoteGuest): GuestThread | undefined {
    const { thread } = guest;
    if (thread === undefined) return undefined;
    this.#prepared.delete(thread);
    if (guestThreads.claim(thread)) return thread;
    throw new Error("a guest was to be called whose thread is busy");
  }

  #keptThreadSync(
    { thread }: RemoteGuest,
    what: string,
    ending: CallEnding,
  ): GuestThread | undefined {
    if (thread === undefined) return sessionThreads.acquireSync(ending);
    if (sessionThreads.claim(thread)) return thread;
    throw new this.#errors(
      "RESOURCE_LIMIT",
      `${what}: the thread of its guest runs a call of another session, and nothing comes free while this thread waits; call invoke`,
    );
  }

  #threadCall(
    guest: RemoteGuest,
    thread: GuestThread,
    what: string,
    call: GuestCall,
    ending: CallEnding,
  ): ThreadCall<E> {
    return {
      ...{ guest, thread, what, call, ending },
      from: this.#origin,
      introduced: this.#introduce(thread),
      services: this.#services,
      errors: this.#errors,
    };
  }
}

/** The thread on which a guest stays, or the one on which it will. */
function keptThread(
  { thread }: RemoteGuest,
  ending: CallEnding,
  refusal: () => Error,
): Promise<GuestThread> {
  return thread === undefined
    ? sessionThreads.acquire(ending, refusal)
    : sessionThreads.acquireThis(thread, ending, refusal);
}
