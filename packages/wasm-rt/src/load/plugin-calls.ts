import type { CallOptions } from "@uni/plugin";
import type { InstancePool } from "../pool/instance-pool.ts";
import { CallEnding } from "../wait/call-ending.ts";
import { endedError } from "../wait/ended-error.ts";
import { WaitingQueue } from "../wait/waiting-queue.ts";
import type { GuestCall } from "./guest.ts";
import type { GuestHandle, GuestSource } from "./guest-engine.ts";
import type { LoaderError, LoaderErrorClass } from "./loader-error.ts";
import { checkLimit, type PluginLimits } from "./plugin-limits.ts";
import { SpareGuests, type SpareStats } from "./spare-guests.ts";

/** What calls of one loaded plugin need. */
export interface PluginCallsParts<E extends LoaderError> {
  readonly pluginId: string;
  readonly limits: PluginLimits;
  readonly errors: LoaderErrorClass<E>;
  readonly source: GuestSource<GuestHandle>;
  readonly pool: InstancePool<GuestHandle, E>;
  /** Guests to build ahead. */
  readonly spares: number;
}

/**
 * The calls of one loaded plugin, from the first to its close. Every call is a fresh guest, and waits
 * for its turn where as many as the pool allows are out.
 *
 * `run` and `runSync` throw the loader's error (`CLOSED`, `ABORTED`, `RESOURCE_LIMIT`, `TIMEOUT`,
 * `TRAP`, …), or `FnError` where the function reports an error of its own.
 */
export class PluginCalls<E extends LoaderError> {
  readonly errors: LoaderErrorClass<E>;
  readonly pool: InstancePool<GuestHandle, E>;
  readonly #source: GuestSource<GuestHandle>;
  readonly #limits: PluginLimits;
  readonly #pluginId: string;
  readonly #waiting = new WaitingQueue<GuestHandle>();
  readonly #spares: SpareGuests<E>;
  readonly #underWay = new Set<CallEnding>();
  /** Guests that were ended and are not gone yet. */
  #leaving = 0;
  #closed = false;
  readonly #idle: (() => void)[] = [];

  constructor({ pluginId, limits, errors, source, pool, spares }: PluginCallsParts<E>) {
    this.errors = errors;
    this.pool = pool;
    this.#source = source;
    this.#limits = limits;
    this.#pluginId = pluginId;
    this.#spares = new SpareGuests(spares, source, pool, () => this.#admitNext());
  }

  /** Builds guests ahead from now on. */
  buildSpares(): void {
    this.#spares.refill();
  }

  get spareStats(): SpareStats {
    return this.#spares.stats;
  }

  /** Calls that wait for their turn. */
  get queued(): number {
    return this.#waiting.length;
  }

  /** @param what names the function in messages. */
  async run(what: string, call: GuestCall, options?: CallOptions): Promise<Uint8Array> {
    using ending = this.#admit(what, options);
    try {
      const guest = this.#takeInTurn() ?? (await this.#wait(what, ending));
      try {
        if (ending.reason !== undefined) throw endedError(this.errors, what, ending);
        return await this.#source.call(guest, what, call, ending);
      } finally {
        this.#release(guest);
      }
    } finally {
      this.#leave(ending);
    }
  }

  /** As `run`, while the caller waits; at the cap it fails, since nothing comes free meanwhile. */
  runSync(what: string, call: GuestCall, options?: CallOptions): Uint8Array {
    using ending = this.#admit(what, options);
    try {
      const guest = this.#take() ?? this.pool.acquire();
      try {
        return this.#source.callSync(guest, what, call, ending);
      } finally {
        this.#release(guest);
      }
    } finally {
      this.#leave(ending);
    }
  }

  /** Refuses further calls and those that wait; resolves when those under way have ended. */
  close(): Promise<void> {
    this.#closed = true;
    this.#spares.close();
    this.#waiting.end("closed");
    return this.#whenIdle();
  }

  /** As `close`, and ends those under way. */
  destroy(): Promise<void> {
    const closed = this.close();
    for (const ending of this.#underWay) ending.end("closed");
    return closed;
  }

  /** Whether a call may start, and until when it may last. */
  #admit(what: string, { signal, timeoutMs }: CallOptions = {}): CallEnding {
    if (this.#closed) {
      throw new this.errors("CLOSED", `${what} cannot be called: ${this.#pluginId} was closed`);
    }
    const ending = new CallEnding({
      waitMs: this.#limits.queueTimeoutMs,
      runMs: this.#limits.timeoutMs,
      totalMs: timeoutMs === undefined ? undefined : checkLimit("timeoutMs", timeoutMs),
      signal,
    });
    if (signal?.aborted) throw endedError(this.errors, what, ending);
    this.#underWay.add(ending);
    return ending;
  }

  /** A guest, unless others have waited for one before. */
  #takeInTurn(): GuestHandle | undefined {
    return this.#waiting.length === 0 ? this.#take() : undefined;
  }

  #take(): GuestHandle | undefined {
    const spare = this.#spares.take();
    if (spare !== undefined) return spare;
    const guest = this.pool.tryAcquire();
    if (guest !== undefined) this.#spares.miss();
    return guest;
  }

  #wait(what: string, ending: CallEnding): Promise<GuestHandle> {
    const { queuedCalls } = this.#limits;
    if (this.#waiting.length < queuedCalls) {
      return this.#waiting.wait(ending, () => endedError(this.errors, what, ending));
    }
    throw new this.errors(
      "RESOURCE_LIMIT",
      `${what} cannot wait for a guest: ${queuedCalls} calls of ${this.#pluginId} wait already, and no more may (queuedCalls)`,
    );
  }

  /** Gives what is free to the calls that wait for it. */
  #admitNext(): void {
    while (this.#waiting.length > 0) {
      try {
        const guest = this.#take();
        if (guest === undefined) return;
        this.#waiting.offer(guest);
      } catch (error) {
        this.#waiting.refuse(error);
      }
    }
    if (!this.#closed) this.#spares.refill();
  }

  /** Takes a guest back, once it is gone. */
  #release(guest: GuestHandle): void {
    if (guest.gone === undefined) {
      this.pool.release(guest);
      this.#admitNext();
      return;
    }
    this.#leaving += 1;
    void guest.gone.then(() => {
      this.#leaving -= 1;
      this.pool.release(guest);
      this.#admitNext();
      this.#checkIdle();
    });
  }

  #leave(ending: CallEnding): void {
    this.#underWay.delete(ending);
    this.#checkIdle();
  }

  #whenIdle(): Promise<void> {
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
