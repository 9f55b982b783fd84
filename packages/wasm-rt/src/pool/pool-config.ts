import { PoolError, shown } from "./pool-error.ts";

/**
 * How many instances a pool lets out.
 *
 * @example
 * ```ts
 * const config: PoolConfig = { maxInstances: 16, warmCount: 0 };
 * ```
 */
export interface PoolConfig {
  /** The most instances that are out at once: an integer from 1 to 1,048,576; 4 unless said. */
  readonly maxInstances: number;
  /**
   * An integer from 0; 1 unless said. Accepted, so that a config shared with a host that warms its
   * pools is valid here too, and warms nothing: an instance built before `acquire` asks for it would
   * hold memory that neither the cap nor `live` counts.
   */
  readonly warmCount: number;
}

/**
 * What a pool may share with others.
 *
 * @example
 * ```ts
 * const options: PoolOptions = { counters: createPoolCounters() };
 * ```
 */
export interface PoolOptions {
  /** Made by `createPoolCounters`; every pool that shares it, on any thread, shares one cap. */
  readonly counters?: SharedArrayBuffer | undefined;
}

/** A table of slots this large is 4 MB; engines run out of address space near 13,000 instances. */
export const LARGEST_CAP: number = 2 ** 20;

/** Fills in the defaults and freezes; throws `POOL_CONFIG` for what is unknown or out of range. */
export function resolvePoolConfig(config: Partial<PoolConfig>): PoolConfig {
  refuseUnknownKeys("config", config, ["maxInstances", "warmCount"]);
  const { maxInstances = 4, warmCount = 1 } = config;
  requireInteger("maxInstances", maxInstances, 1, LARGEST_CAP);
  requireInteger("warmCount", warmCount, 0, Number.MAX_SAFE_INTEGER);
  return Object.freeze({ maxInstances, warmCount });
}

/** Throws `POOL_CONFIG` for an option that no pool has. */
export function checkPoolOptions(options: PoolOptions): void {
  refuseUnknownKeys("options", options, ["counters"]);
}

/** Throws `POOL_CONFIG` unless `value` is an integer within the bounds, both included. */
export function requireInteger(name: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
  throw new PoolError(
    "POOL_CONFIG",
    `${name} must be an integer from ${least} to ${most}, not ${shown(value)}`,
  );
}

function refuseUnknownKeys(what: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PoolError("POOL_CONFIG", `pool ${what} must be an object, not ${shown(value)}`);
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw new PoolError(
      "POOL_CONFIG",
      `pool ${what} has an unknown key ${shown(key)}; known: ${known.join(", ")}`,
    );
  }
}
