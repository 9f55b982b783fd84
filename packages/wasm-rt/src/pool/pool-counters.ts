import { types } from "node:util";
import { LARGEST_CAP, requireInteger } from "./pool-config.ts";
import { PoolError, shown } from "./pool-error.ts";

/*
 * A counter buffer is a table. Bytes 0–31 are the header: two 32-bit words (format, cap) and three
 * 64-bit totals. Then comes one 32-bit word a slot: the low 24 bits name the thread that holds it (0:
 * free), the high 8 bits are a version that every claim and every release bumps.
 *
 * There is no separate count of live instances. A thread that is terminated between counting itself
 * in and leaving its name would lose the slot for ever; here one compare-and-swap does both.
 */
const FORMAT = 0x55_50_43_31; // "UPC1"
const HEADER_BYTES = 32;
const OWNER_BITS = 24;
const OWNER_MASK = 2 ** OWNER_BITS - 1;

/** Claims and releases of a slot after which its version is back where it was. */
export const VERSIONS = 256;

const HEADER = { format: 0, cap: 1 } as const;
/** Where in {@link CounterViews.totals} each total is; 64 bits, since 32 wrap within days. */
export const TOTAL = { misses: 1, exhausted: 2, withdrawn: 3 } as const;

/** A counter buffer, looked into. */
export interface CounterViews {
  readonly header: Int32Array;
  readonly totals: BigUint64Array;
  readonly slots: Int32Array;
}

/**
 * Makes the buffer that pools on several threads share to have one cap. Its size bounds the cap: the
 * first pool that attaches sets it, and a pool with another cap is refused.
 *
 * Throws `PoolError` (`POOL_CONFIG`) unless `maxInstances` is an integer from 1 to 1,048,576.
 *
 * @example
 * ```ts
 * const counters = createPoolCounters();
 * const worker = new Worker(url, { workerData: { counters } });
 * returnSlotsOnExit(counters, worker);
 * // On the worker and on the host alike:
 * const pool = new InstancePool({ maxInstances: 4 }, createGuest, ExtismError, { counters });
 * ```
 */
export function createPoolCounters(maxInstances: number = 1024): SharedArrayBuffer {
  requireInteger("maxInstances", maxInstances, 1, LARGEST_CAP);
  const counters = new SharedArrayBuffer(HEADER_BYTES + maxInstances * 4);
  new Int32Array(counters)[HEADER.format] = FORMAT;
  return counters;
}

/** Looks into a counter buffer; throws `POOL_CONFIG` for any other value. */
export function openCounters(counters: unknown): CounterViews {
  if (
    !types.isSharedArrayBuffer(counters) ||
    counters.byteLength <= HEADER_BYTES ||
    counters.byteLength % 4 !== 0 ||
    new Int32Array(counters)[HEADER.format] !== FORMAT
  ) {
    throw new PoolError(
      "POOL_CONFIG",
      `counters must be a buffer made by createPoolCounters(), not ${shown(counters)}`,
    );
  }
  return {
    header: new Int32Array(counters, 0, 2),
    totals: new BigUint64Array(counters, 0, HEADER_BYTES / 8),
    slots: new Int32Array(counters, HEADER_BYTES),
  };
}

/** Sets the one cap of a table; throws `POOL_CONFIG` if it has no room, or has another cap already. */
export function fixCap({ header, slots }: CounterViews, maxInstances: number): void {
  if (maxInstances > slots.length) {
    throw new PoolError(
      "POOL_CONFIG",
      `counters have room for ${slots.length} instances, fewer than maxInstances ${maxInstances}; call createPoolCounters(${maxInstances})`,
    );
  }
  const cap = Atomics.compareExchange(header, HEADER.cap, 0, maxInstances);
  if (cap !== 0 && cap !== maxInstances) {
    throw new PoolError(
      "POOL_CONFIG",
      `counters are shared by pools of maxInstances ${cap}, and this pool has ${maxInstances}; pools that share counters share one cap`,
    );
  }
}

/** The owner number of a thread: never 0, however many threads a process has started. */
export function ownerOf(threadId: number): number {
  return (threadId % OWNER_MASK) + 1;
}

/** The owner number in a slot's word; 0 when the slot is free. */
export function holderOf(word: number): number {
  return word & OWNER_MASK;
}

/** What a slot's word becomes when it changes hands; an owner of 0 frees it. */
export function nextWord(word: number, owner: number): number {
  return (((word >>> OWNER_BITS) + 1) << OWNER_BITS) | owner;
}
