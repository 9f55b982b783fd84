import type { GuestHandle } from "../load/guest-engine.ts";
import type { GuestThread } from "./guest-thread.ts";
import { guestThreads } from "./guest-threads.ts";

let lastId = 0;

/** A guest on a thread, as its host knows it. Unless it was built ahead its call builds it. */
export class RemoteGuest implements GuestHandle {
  readonly id: number = ++lastId;
  gone: Promise<void> | undefined;
  #thread: GuestThread | undefined;
  #changed: (() => void) | undefined;

  /** The thread on which it was built ahead, until its call. */
  get thread(): GuestThread | undefined {
    return this.#thread;
  }

  get state(): "ready" | "busy" | "lost" {
    if (this.#thread === undefined || !this.#thread.alive) return "lost";
    return guestThreads.isIdle(this.#thread) ? "ready" : "busy";
  }

  /** @param changed is told when `state` may be another one. */
  stayOn(thread: GuestThread, changed: () => void): void {
    this.#thread = thread;
    this.#changed = changed;
    thread.watchers.add(changed);
  }

  /** Its call begins, which ends it; true where it was built ahead. */
  leave(): boolean {
    const thread = this.#thread;
    if (thread === undefined || this.#changed === undefined) return false;
    thread.watchers.delete(this.#changed);
    this.#thread = undefined;
    return true;
  }

  [Symbol.dispose](): void {
    const thread = this.#thread;
    if (this.leave() && thread !== undefined) {
      guestThreads.tell(thread, { kind: "drop", guest: this.id });
    }
  }
}
