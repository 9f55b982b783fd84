import type { GuestThread } from "./guest-thread.ts";

/** Threads that wait for a call; the one used last is taken first, for its caches are warm. */
export class IdleThreads {
  readonly #threads: GuestThread[] = [];

  /** The one used last at the end. */
  get all(): readonly GuestThread[] {
    return this.#threads;
  }

  add(thread: GuestThread): void {
    this.#threads.push(thread);
  }

  /** False where it was not there. */
  remove(thread: GuestThread): boolean {
    const at = this.#threads.indexOf(thread);
    if (at < 0) return false;
    this.#threads.splice(at, 1);
    return true;
  }

  /**
   * One on which the fewest guests stay.
   *
   * @param hasRoom whether another one may be started, on which none does; it is better than any on
   * which some do.
   */
  take(hasRoom: boolean): GuestThread | undefined {
    const fewest = Math.min(...this.#threads.map(({ residents }) => residents));
    if (fewest > 0 && hasRoom) return undefined;
    const thread = this.#threads.findLast(({ residents }) => residents === fewest);
    if (thread !== undefined) this.remove(thread);
    return thread;
  }
}
