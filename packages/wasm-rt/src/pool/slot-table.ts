import { threadId } from "node:worker_threads";
import {
  createPoolCounters,
  fixCap,
  holderOf,
  nextWord,
  openCounters,
  ownerOf,
  TOTAL,
  VERSIONS,
} from "./pool-counters.ts";

const OWNER = ownerOf(threadId);
const LIVE_ATTEMPTS = 16;

// What a scan answers that found no free slot: are the words those of the scan before it?
const MOVED = -1;
const STILL = -2;

/** This thread's hold on a table of slots that other threads may share. Takes no lock. */
export class SlotTable {
  readonly #slots: Int32Array;
  readonly #totals: BigUint64Array;
  /** The word that this object wrote into each slot it claimed. */
  readonly #claimed: Int32Array;
  /** The word of each slot when it was last scanned. */
  readonly #seen: Int32Array;
  #start = 0;

  /** Throws `POOL_CONFIG` if the table is too small, or has another cap already. */
  constructor(
    maxInstances: number,
    counters: SharedArrayBuffer = createPoolCounters(maxInstances),
  ) {
    const views = openCounters(counters);
    fixCap(views, maxInstances);
    this.#slots = views.slots.subarray(0, maxInstances);
    this.#totals = views.totals;
    this.#claimed = new Int32Array(maxInstances);
    this.#seen = new Int32Array(maxInstances);
  }

  /**
   * Claims a slot; `undefined` if at one instant during this call every slot was taken.
   *
   * One scan that finds every slot taken does not prove that: a slot may be freed behind it and
   * another be claimed ahead of it. Two scans in a row that find the same words do, for then all of
   * them stood together between the two (the double collect of Afek et al., JACM 40(4), 1993).
   */
  claim(): number | undefined {
    const slot = this.#scan();
    return slot >= 0 ? slot : this.#claimOrProveFull();
  }

  #claimOrProveFull(): number | undefined {
    for (;;) {
      const settled = this.#settled();
      const first = this.#scan();
      if (first >= 0) return first;
      const second = this.#scan();
      if (second >= 0) return second;
      // A version returns to where it was after 128 claims, and 127 of them would have settled here.
      if (second === STILL && this.#settled() - settled < VERSIONS / 2 - 1) return undefined;
    }
  }

  /** Counts a claim that led to an instance. */
  confirm(): void {
    Atomics.add(this.#totals, TOTAL.misses, 1n);
  }

  /** Frees a slot whose claim led to no instance. */
  withdraw(slot: number): void {
    Atomics.add(this.#totals, TOTAL.withdrawn, 1n);
    this.free(slot);
  }

  /** Frees a slot that this object claimed; one that the host has already given back stays as it is. */
  free(slot: number): void {
    const word = this.#claimed[slot] as number; // claim() wrote it
    Atomics.compareExchange(this.#slots, slot, word, nextWord(word, 0));
    this.#start = slot;
  }

  /** Counts a refusal. */
  refuse(): void {
    Atomics.add(this.#totals, TOTAL.exhausted, 1n);
  }

  get misses(): number {
    return Number(Atomics.load(this.#totals, TOTAL.misses));
  }

  get exhausted(): number {
    return Number(Atomics.load(this.#totals, TOTAL.exhausted));
  }

  /** Slots taken at one instant, or nearly so if other threads never rest. */
  get live(): number {
    for (let attempt = 0; ; attempt++) {
      let live = 0;
      let still = attempt > 0;
      for (let slot = 0; slot < this.#slots.length; slot++) {
        const word = Atomics.load(this.#slots, slot);
        if (holderOf(word) !== 0) live++;
        if (this.#see(slot, word)) still = false;
      }
      if (still || attempt === LIVE_ATTEMPTS) return live;
    }
  }

  /** Claims the first free slot, beginning where one is likely. */
  #scan(): number {
    const { length } = this.#slots;
    let answer = STILL;
    for (let step = 0, slot = this.#start; step < length; step++, slot = (slot + 1) % length) {
      let word = Atomics.load(this.#slots, slot);
      while (holderOf(word) === 0) {
        const claimed = nextWord(word, OWNER);
        const found = Atomics.compareExchange(this.#slots, slot, word, claimed);
        if (found === word) {
          this.#claimed[slot] = claimed;
          this.#start = (slot + 1) % length;
          return slot;
        }
        word = found;
      }
      if (this.#see(slot, word)) answer = MOVED;
    }
    return answer;
  }

  /** Whether the slot's word differs from the one last seen. */
  #see(slot: number, word: number): boolean {
    if (this.#seen[slot] === word) return false;
    this.#seen[slot] = word;
    return true;
  }

  /** Claims that came to an end one way or the other, each counted before its slot is freed. */
  #settled(): bigint {
    const { misses, withdrawn } = TOTAL;
    return Atomics.load(this.#totals, misses) + Atomics.load(this.#totals, withdrawn);
  }
}
