import type { GuestHandle, GuestSource } from "../guest/guest-engine.ts";
import type { InstancePool } from "../pool/instance-pool.ts";

/** How often a call found a guest that was built ahead. */
export interface SpareStats {
  /** Guests that are built and wait for their call. */
  readonly ready: number;
  /** Calls that got one. */
  readonly used: number;
  /** Calls that had to build their own. */
  readonly missed: number;
}

/**
 * Guests that are built ahead while there is nothing else to do. Each is used once, and holds a slot
 * of the pool from the moment in which it is built.
 */
export class SpareGuests<E extends Error> {
  readonly #wanted: number;
  readonly #source: GuestSource<GuestHandle>;
  readonly #pool: InstancePool<GuestHandle, E>;
  readonly #freed: () => void;
  readonly #spares = new Set<GuestHandle>();
  #refill: NodeJS.Immediate | undefined;
  #used = 0;
  #missed = 0;

  /** @param freed is told when a slot is free again, or a spare can be used. */
  constructor(
    wanted: number,
    source: GuestSource<GuestHandle>,
    pool: InstancePool<GuestHandle, E>,
    freed: () => void,
  ) {
    this.#wanted = wanted;
    this.#source = source;
    this.#pool = pool;
    this.#freed = freed;
  }

  get stats(): SpareStats {
    return { ready: this.#spares.size, used: this.#used, missed: this.#missed };
  }

  /** A guest that can be called at once, if there is one. */
  take(): GuestHandle | undefined {
    for (const guest of this.#spares) {
      const state = this.#source.stateOf(guest);
      if (state === "busy") continue;
      this.#spares.delete(guest);
      if (state === "ready") {
        this.#used += 1;
        return guest;
      }
      this.#pool.release(guest);
    }
    return undefined;
  }

  /** Counts a call that got a guest which was not built ahead. */
  miss(): void {
    if (this.#wanted > 0) this.#missed += 1;
  }

  /**
   * Builds what is missing: once the thread has nothing else to do, or at once where another one builds
   * it. A caller of `invokeSync` in a loop has something else to do all the time.
   */
  refill(): void {
    if (this.#spares.size >= this.#wanted) return;
    if (this.#source.preparesElsewhere) {
      if (this.#build()) this.refill();
      return;
    }
    this.#refill ??= setImmediate(() => {
      this.#refill = undefined;
      if (this.#build()) this.refill();
    }).unref();
  }

  /** Drops all of them and builds no more. */
  close(): void {
    clearImmediate(this.#refill);
    for (const guest of this.#spares) this.#pool.release(guest);
    this.#spares.clear();
  }

  /** One at a time, so that a call comes between two of them. */
  #build(): boolean {
    const guest = this.#create();
    if (guest === undefined) return false;
    if (!this.#source.prepare(guest, () => this.#changed())) {
      this.#pool.release(guest);
      return false;
    }
    this.#spares.add(guest);
    return true;
  }

  #create(): GuestHandle | undefined {
    try {
      return this.#pool.tryAcquire();
    } catch {
      // Whatever it is, the next call meets it and reports it.
      return undefined;
    }
  }

  #changed(): void {
    for (const guest of this.#spares) {
      if (this.#source.stateOf(guest) !== "lost") continue;
      this.#spares.delete(guest);
      this.#pool.release(guest);
    }
    this.#freed();
  }
}
