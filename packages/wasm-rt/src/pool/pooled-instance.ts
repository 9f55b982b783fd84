import type { InstancePool } from "./instance-pool.ts";
import { PoolError } from "./pool-error.ts";

/**
 * One instance out of a pool that goes back by itself when its scope ends.
 *
 * @example
 * ```ts
 * using guest = PooledInstance.acquire(pool);
 * return guest.get().invokeScalar(name, bytes);
 * ```
 */
export class PooledInstance<T, E extends Error> implements Disposable {
  readonly #pool: InstancePool<T, E>;
  readonly #instance: T;
  #state: "held" | "taken" | "disposed" = "held";

  private constructor(pool: InstancePool<T, E>) {
    this.#pool = pool;
    this.#instance = pool.acquire();
  }

  /** Acquires from `pool`; throws what `pool.acquire()` throws. */
  static acquire<T, E extends Error>(pool: InstancePool<T, E>): PooledInstance<T, E> {
    return new PooledInstance(pool);
  }

  /** The instance. Throws `PoolError` (`POOL_NOT_HELD`) after `take()` or disposal. */
  get(): T {
    this.#requireHeld();
    return this.#instance;
  }

  /**
   * Moves the instance out and frees its slot, without disposing it: that is now the caller's to do.
   * Throws `PoolError` (`POOL_NOT_HELD`) after `take()` or disposal.
   */
  take(): T {
    this.#requireHeld();
    this.#pool.detach(this.#instance);
    this.#state = "taken";
    return this.#instance;
  }

  /**
   * Releases the instance to its pool; does nothing after `take()` or a first disposal. Throws what the
   * instance's own disposal throws.
   */
  [Symbol.dispose](): void {
    if (this.#state !== "held") return;
    this.#state = "disposed";
    this.#pool.release(this.#instance);
  }

  #requireHeld(): void {
    if (this.#state === "held") return;
    throw new PoolError(
      "POOL_NOT_HELD",
      `this pooled instance was ${this.#state} and is gone; acquire another one`,
    );
  }
}
