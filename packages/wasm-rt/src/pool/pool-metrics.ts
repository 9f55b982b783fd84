/**
 * What a pool has done, at one moment. With shared counters: what all pools that share them have done.
 *
 * @example
 * ```ts
 * const { live, exhausted } = pool.metrics;
 * ```
 */
export interface PoolMetrics {
  /** Always 0: no instance is ever handed out twice. */
  readonly hits: number;
  /** Instances built and handed out. */
  readonly misses: number;
  /** Refusals at the cap. */
  readonly exhausted: number;
  /** Instances that are out, or under construction, now. */
  readonly live: number;
}
