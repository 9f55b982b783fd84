import { inspect } from "node:util";
import { brand, UniError } from "@uni/plugin/errors";

/**
 * What a caller of the pool did wrong:
 * - `POOL_CONFIG`: a config, an option, a factory or a counter buffer that the pool cannot use;
 * - `POOL_NOT_FRESH`: a factory returned an instance that had already been handed out;
 * - `POOL_NOT_HELD`: an instance was released, taken or read by someone who does not hold it.
 */
export type PoolErrorCode = "POOL_CONFIG" | "POOL_NOT_FRESH" | "POOL_NOT_HELD";

/**
 * The pool was misused. Being at capacity is no misuse: that is the loader's own error, made by its
 * {@link PoolResourceLimit}.
 *
 * @example
 * ```ts
 * pool.release(guest);
 * pool.release(guest); // PoolError, code POOL_NOT_HELD
 * ```
 */
export class PoolError extends UniError {
  static {
    brand(PoolError, "PoolError");
  }

  declare readonly code: PoolErrorCode;

  constructor(code: PoolErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/**
 * How a pool makes the error of being at capacity; a loader's error class is one, by a static method.
 *
 * @example
 * ```ts
 * class ExtismError extends UniError {
 *   static resourceLimit(message: string): ExtismError {
 *     return new ExtismError("RESOURCE_LIMIT", message);
 *   }
 * }
 * const pool = new InstancePool({ maxInstances: 2 }, createGuest, ExtismError);
 * ```
 */
export interface PoolResourceLimit<E extends Error> {
  /** Makes, and does not throw, the error that says `message`. */
  resourceLimit(message: string): E;
}

/** Any value in a message: an object by its class alone, and without running code of its own. */
export function shown(value: unknown): string {
  return inspect(value, { depth: -1, customInspect: false, maxStringLength: 80 });
}
