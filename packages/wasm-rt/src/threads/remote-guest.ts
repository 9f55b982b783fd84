import type { GuestBuild, GuestHandle } from "../guest/guest-engine.ts";
import type { GuestThread } from "./guest-thread.ts";

let lastId = 0;

/** A guest on a thread, as its host knows it. Unless it was built ahead its first call builds it. */
export class RemoteGuest implements GuestHandle {
  readonly id: number = ++lastId;
  gone: Promise<void> | undefined;
  #build: GuestBuild | undefined;
  #keeps = false;
  #thread: GuestThread | undefined;
  #changed: (() => void) | undefined;

  /** The thread on which it waits for a call. */
  get thread(): GuestThread | undefined {
    return this.#thread;
  }

  /** Known once the call has ended that built it; of one that was built ahead it never is. */
  get build(): GuestBuild | undefined {
    return this.#build;
  }

  /** Whether it is called more than once. */
  get keeps(): boolean {
    return this.#keeps;
  }

  get state(): "ready" | "busy" | "lost" {
    const thread = this.#thread;
    if (thread === undefined) return this.#keeps ? "ready" : "lost";
    if (!thread.alive) return "lost";
    return thread.home.isIdle(thread) ? "ready" : "busy";
  }

  /** @param changed is told when `state` may be another one. */
  stayOn(thread: GuestThread, changed: () => void): void {
    this.#thread = thread;
    this.#changed = changed;
    thread.watchers.add(changed);
  }

  /** Its calls are several from here on, all on the thread of the first. */
  keep(changed: () => void): void {
    // Where it was built ahead is a thread for single calls, which may end with any of them.
    this[Symbol.dispose]();
    this.#keeps = true;
    this.#changed = changed;
  }

  /** Its call begins on a thread; true where it is there already. */
  begin(thread: GuestThread): boolean {
    const built = this.#thread !== undefined;
    if (!this.#keeps) this.#leave();
    else if (!built && this.#changed !== undefined) {
      this.stayOn(thread, this.#changed);
      thread.residents += 1;
    }
    return built;
  }

  /** Its call, which began then, has built it, unless it was there already. */
  wasBuilt(startedAt: number | undefined, tookMs: number | undefined): void {
    if (startedAt === undefined || tookMs === undefined) return;
    this.#build = { startedAt, tookMs };
  }

  [Symbol.dispose](): void {
    const thread = this.#thread;
    if (thread === undefined) return;
    this.#leave();
    thread.home.tell(thread, { kind: "drop", guest: this.id });
    if (!this.#keeps) return;
    thread.residents -= 1;
    thread.home.trim(thread);
  }

  #leave(): void {
    if (this.#changed !== undefined) this.#thread?.watchers.delete(this.#changed);
    this.#thread = undefined;
  }
}
