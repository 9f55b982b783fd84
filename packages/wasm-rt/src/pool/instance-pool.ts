import {
  checkPoolOptions,
  type PoolConfig,
  type PoolOptions,
  resolvePoolConfig,
} from "./pool-config.ts";
import { PoolError, type PoolResourceLimit, shown } from "./pool-error.ts";
import type { PoolMetrics } from "./pool-metrics.ts";
import { SlotTable } from "./slot-table.ts";

/**
 * Hands out a fresh instance for every `acquire`, never more than `maxInstances` at once. It never
 * reuses one: a used guest carries memory, globals and WASI state from call to call.
 *
 * An instance stays counted until it is released; one that is merely forgotten is out for ever, so
 * prefer {@link PooledInstance}. Call `acquire` and `release` outside of anything that `node:vm` times
 * out: such a timeout runs no `finally`, and the slot would stay taken as long as the thread lives.
 *
 * @example
 * ```ts
 * const pool = new InstancePool({ maxInstances: 8 }, () => createGuest(image), ExtismError);
 * const guest = pool.acquire();
 * try {
 *   return guest.invokeScalar(name, bytes);
 * } finally {
 *   pool.release(guest);
 * }
 * ```
 */
export class InstancePool<T, E extends Error> {
  /** The config with its defaults filled in; frozen. */
  readonly config: PoolConfig;
  readonly #factory: () => T;
  readonly #errors: PoolResourceLimit<E>;
  readonly #slots: SlotTable;
  readonly #held = new Map<T, number>();
  readonly #handedOut = new WeakSet<object>();

  /**
   * Throws `PoolError` (`POOL_CONFIG`) for an unknown key, a number out of range, or `counters` that
   * `createPoolCounters` did not make, that are too small, or that other pools share with another cap.
   */
  constructor(
    config: Partial<PoolConfig>,
    factory: () => T,
    errors: PoolResourceLimit<E>,
    options: PoolOptions = {},
  ) {
    this.config = resolvePoolConfig(config);
    checkPoolOptions(options);
    requireFunction("factory", factory);
    requireFunction("errors.resourceLimit", errors?.resourceLimit);
    this.#factory = factory;
    this.#errors = errors;
    this.#slots = new SlotTable(this.config.maxInstances, options.counters);
  }

  /** A frozen snapshot of the counters. */
  get metrics(): PoolMetrics {
    const { misses, exhausted, live } = this.#slots;
    return Object.freeze({ hits: 0, misses, exhausted, live });
  }

  /**
   * Reserves a slot and builds a fresh instance; fails at once rather than wait. The factory runs
   * without any lock, and may itself acquire.
   *
   * Throws the loader's error, `instance pool at capacity (N live)`, if every slot was taken; whatever
   * the factory throws; `PoolError` (`POOL_NOT_FRESH`) if it returned an object that this pool has handed
   * out before, or a value that is out now. Each time, no slot stays taken.
   */
  acquire(): T {
    const slot = this.#slots.claim();
    if (slot !== undefined) return this.#build(slot);
    this.#slots.refuse();
    const live = this.config.maxInstances; // claim() proved it
    throw this.#errors.resourceLimit(`instance pool at capacity (${live} live)`);
  }

  /**
   * As `acquire`, for a caller that waits for its turn: at the cap this is `undefined`, and counts as
   * no refusal.
   */
  tryAcquire(): T | undefined {
    const slot = this.#slots.claim();
    return slot === undefined ? undefined : this.#build(slot);
  }

  /**
   * Takes an instance back, disposes it by its `Symbol.dispose` if it has one, and then frees its slot,
   * even if disposal throws.
   *
   * Throws `PoolError` (`POOL_NOT_HELD`), and changes nothing, if this pool object did not hand the
   * instance out or has it back already; whatever the disposal throws.
   */
  release(instance: T): void {
    const slot = this.#forget(instance);
    try {
      if (isObject(instance)) (instance as Partial<Disposable>)[Symbol.dispose]?.(); // any object may have one
    } finally {
      this.#slots.free(slot);
    }
  }

  /**
   * Frees an instance's slot without disposing it: from here on it is the caller's alone.
   *
   * Throws `PoolError` (`POOL_NOT_HELD`), and changes nothing, if this pool object did not hand the
   * instance out or has it back already.
   */
  detach(instance: T): void {
    this.#slots.free(this.#forget(instance));
  }

  #build(slot: number): T {
    try {
      const instance = this.#factory();
      this.#hold(instance, slot);
      return instance;
    } catch (error) {
      this.#slots.withdraw(slot);
      throw error;
    }
  }

  #hold(instance: T, slot: number): void {
    if (this.#held.has(instance) || (isObject(instance) && this.#handedOut.has(instance))) {
      throw new PoolError(
        "POOL_NOT_FRESH",
        `the pool's factory returned ${shown(instance)}, which it had returned before; build a new instance in every call`,
      );
    }
    if (isObject(instance)) this.#handedOut.add(instance);
    this.#held.set(instance, slot);
    this.#slots.confirm();
  }

  #forget(instance: T): number {
    const slot = this.#held.get(instance);
    if (slot === undefined) {
      throw new PoolError(
        "POOL_NOT_HELD",
        `${shown(instance)} is not out of this pool; give back only what its acquire() returned, once, to the same pool object`,
      );
    }
    this.#held.delete(instance);
    return slot;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function requireFunction(name: string, value: unknown): void {
  if (typeof value === "function") return;
  throw new PoolError("POOL_CONFIG", `${name} must be a function, not ${shown(value)}`);
}
