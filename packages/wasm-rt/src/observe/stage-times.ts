/**
 * What a call spends its time on, in order. Stages do not overlap:
 * - `encode`: the arguments are checked, and become Arrow IPC;
 * - `wait`: for calls before it, a slot of the pool, a thread, and what a thread has to be sent first;
 * - `instantiate`: its guest is built, unless it was built before;
 * - `execute`: the guest's own code, what it asks of its host, and the way to its thread and back;
 * - `decode`: the answer is checked, and becomes a result.
 */
export type Stage = "encode" | "wait" | "instantiate" | "execute" | "decode";

/** How long one stage has taken so far. */
export interface StageTimes {
  /** Calls that came to this stage. */
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
  /** How many took at most as many milliseconds as {@link STAGE_BOUNDS_MS} says, and last those above. */
  readonly buckets: readonly number[];
}

/** Up to how many milliseconds each bucket of {@link StageTimes} goes; the last has no bound. */
export const STAGE_BOUNDS_MS: readonly number[] = Object.freeze([0.1, 1, 10, 100, 1000]);

/** Counts how long one stage takes. */
export class StageTimer {
  #sumMs = 0;
  #maxMs = 0;
  #count = 0;
  readonly #buckets: number[] = [...STAGE_BOUNDS_MS, 0].fill(0);

  add(ms: number): void {
    this.#count += 1;
    this.#sumMs += ms;
    if (ms > this.#maxMs) this.#maxMs = ms;
    let i = 0;
    while (ms > (STAGE_BOUNDS_MS[i] ?? Number.POSITIVE_INFINITY)) i += 1;
    this.#buckets[i] = (this.#buckets[i] ?? 0) + 1;
  }

  snapshot(): StageTimes {
    const buckets = Object.freeze([...this.#buckets]);
    return Object.freeze({ count: this.#count, sumMs: this.#sumMs, maxMs: this.#maxMs, buckets });
  }
}
