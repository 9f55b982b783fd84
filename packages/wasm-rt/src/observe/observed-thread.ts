import {
  type ThreadEnded,
  type ThreadStarted,
  threadEndChannel,
  threadStartChannel,
} from "./channels.ts";

/** Tells subscribers of one guest thread. */
export class ObservedThread {
  readonly #started: ThreadStarted;
  readonly #startedAt = performance.now();

  constructor(threadId: number) {
    this.#started = Object.freeze({ threadId });
    if (threadStartChannel.hasSubscribers) threadStartChannel.publish(this.#started);
  }

  end(reason: ThreadEnded["reason"]): void {
    if (!threadEndChannel.hasSubscribers) return;
    const durationMs = performance.now() - this.#startedAt;
    const ended: ThreadEnded = Object.freeze({ thread: this.#started, durationMs, reason });
    threadEndChannel.publish(ended);
  }
}
