import type { CallEnding, EndReason } from "./call-ending.ts";

/** Calls that wait for something to become free, the longest first. */
export class WaitingQueue<R> {
  // A set keeps its order, and any member leaves it at once.
  readonly #waiting = new Set<Waiter<R>>();
  // Behind the members that were first already. A new iterator steps over the place of each member that
  // has left until the engine tidies up, and with many that wait this takes longer than their calls.
  #order = this.#waiting.values();

  get length(): number {
    return this.#waiting.size;
  }

  /**
   * Waits until `offer` gives something. The call may have ended between the offer and the moment in
   * which the caller goes on, which then has to give back what it got.
   *
   * @param refusal makes the error for a call that ended while it waited.
   */
  wait(ending: CallEnding, refusal: () => Error): Promise<R> {
    return new Promise((resolve, reject) => {
      const waiter = { ending, resolve, reject };
      this.#waiting.add(waiter);
      ending.enter(() => {
        this.#waiting.delete(waiter);
        reject(refusal());
      });
    });
  }

  /** Gives something to whoever waits longest; false where nobody does. */
  offer(free: R): boolean {
    const first = this.#shift();
    first?.resolve(free);
    return first !== undefined;
  }

  /** Tells whoever waits longest that there is nothing to wait for. */
  refuse(error: unknown): void {
    this.#shift()?.reject(error);
  }

  /** Ends every call that waits. */
  end(reason: EndReason): void {
    for (const { ending } of this.#waiting) ending.end(reason);
  }

  #shift(): Waiter<R> | undefined {
    const first = this.#first();
    if (first === undefined) return undefined;
    this.#waiting.delete(first);
    first.ending.leave();
    return first;
  }

  #first(): Waiter<R> | undefined {
    const next = this.#order.next();
    if (next.done !== true) return next.value;
    // An iterator that came to the end sees nothing that is added later.
    this.#order = this.#waiting.values();
    return this.#order.next().value;
  }
}

interface Waiter<R> {
  readonly ending: CallEnding;
  readonly resolve: (free: R) => void;
  readonly reject: (error: unknown) => void;
}
