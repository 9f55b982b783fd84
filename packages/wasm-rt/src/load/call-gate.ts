import type { CallOptions } from "@uni/plugin";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { CallEnding } from "../wait/call-ending.ts";
import { endedError } from "../wait/ended-error.ts";
import { checkLimit, type PluginLimits } from "./plugin-limits.ts";

/** How long a call may take. */
export interface GateOptions extends CallOptions {
  /** When the work began that the call is a part of, on the clock of `performance.now()`. */
  readonly since?: number;
}

/** Lets the calls of one plugin in until it is closed, and knows which of them are under way. */
export class CallGate<E extends LoaderError> {
  readonly #errors: LoaderErrorClass<E>;
  readonly #limits: PluginLimits;
  readonly #pluginId: string;
  readonly #underWay = new Set<CallEnding>();
  /** Guests that were ended and are not gone yet. */
  #leaving = 0;
  #closed = false;
  readonly #idle: (() => void)[] = [];

  constructor(errors: LoaderErrorClass<E>, limits: PluginLimits, pluginId: string) {
    this.#errors = errors;
    this.#limits = limits;
    this.#pluginId = pluginId;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Whether a call may start, and until when it may last; it has to `leave`.
   *
   * @throws the loader's `CLOSED`, or `ABORTED`.
   */
  admit(what: string, { signal, timeoutMs, since }: GateOptions = {}): CallEnding {
    if (this.#closed) {
      throw new this.#errors("CLOSED", `${what} cannot be called: ${this.#pluginId} was closed`);
    }
    const ending = new CallEnding({
      waitMs: this.#limits.queueTimeoutMs,
      runMs: this.#limits.timeoutMs,
      totalMs: timeoutMs === undefined ? undefined : checkLimit("timeoutMs", timeoutMs),
      since,
      signal,
    });
    if (signal?.aborted) throw endedError(this.#errors, what, ending);
    this.#underWay.add(ending);
    return ending;
  }

  leave(ending: CallEnding): void {
    this.#underWay.delete(ending);
    this.#checkIdle();
  }

  /** Counts a guest that was ended as under way, until it is gone. */
  async holdUntil(gone: Promise<void>): Promise<void> {
    this.#leaving += 1;
    try {
      await gone;
    } finally {
      this.#leaving -= 1;
      this.#checkIdle();
    }
  }

  /** Lets nothing in any more. */
  close(): void {
    this.#closed = true;
  }

  /** Ends the calls under way. */
  endAll(): void {
    for (const ending of this.#underWay) ending.end("closed");
  }

  /** Resolves when nothing is under way. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#checkIdle();
    });
  }

  #checkIdle(): void {
    if (this.#underWay.size > 0 || this.#leaving > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
