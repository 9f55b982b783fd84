import type { CallEnding } from "./call-ending.ts";
import { WaitingQueue } from "./waiting-queue.ts";

/** The turns of calls that may not run at the same time: one has it, and the others wait in order. */
export class CallTurns {
  readonly #waiting = new WaitingQueue<void>();
  #taken = false;

  /** Whether a call has its turn. */
  get taken(): boolean {
    return this.#taken;
  }

  /** Calls that wait for theirs. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes the turn, which nobody has. */
  take(): void {
    this.#taken = true;
  }

  /**
   * Waits for the turn. The call may have ended between the turn's coming and the moment in which the
   * caller goes on, which then has to pass it on.
   *
   * @param refusal makes the error for a call that ended while it waited.
   */
  wait(ending: CallEnding, refusal: () => Error): Promise<void> {
    return this.#waiting.wait(ending, refusal);
  }

  /** Gives the turn to the call that waits longest. */
  pass(): void {
    this.#taken = this.#waiting.offer();
  }

  /** Refuses the calls that wait. */
  end(): void {
    this.#waiting.end("closed");
  }
}
