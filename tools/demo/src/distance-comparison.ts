const KM_PER_STATUTE_MILE = 1.609344;

/** Flights between two airports, in either direction. */
export interface AirportPair {
  readonly first: number;
  readonly second: number;
  readonly flights: number;
  /** Means over the flights. */
  readonly recordedMiles: number;
  readonly computedMiles: number;
  readonly differencePercent: number;
}

interface PairSums {
  readonly first: number;
  readonly second: number;
  flights: number;
  recordedMiles: number;
  computedMiles: number;
  differencePercent: number;
}

/** Compares computed distances with recorded ones, flight by flight. */
export class DistanceComparison {
  readonly #differences: Float64Array;
  readonly #pairs = new Map<number, PairSums>();
  #flights = 0;

  /** @param capacity the most flights that will be added. */
  constructor(capacity: number) {
    this.#differences = new Float64Array(capacity);
  }

  get flights(): number {
    return this.#flights;
  }

  add(origin: number, destination: number, recordedMiles: number, computedKm: number): void {
    const computedMiles = computedKm / KM_PER_STATUTE_MILE;
    const differencePercent = (Math.abs(computedMiles - recordedMiles) / recordedMiles) * 100;
    this.#differences[this.#flights++] = differencePercent;
    const pair = this.#pair(Math.min(origin, destination), Math.max(origin, destination));
    pair.flights += 1;
    pair.recordedMiles += recordedMiles;
    pair.computedMiles += computedMiles;
    pair.differencePercent += differencePercent;
  }

  meanPercent(): number {
    const differences = this.#differences.subarray(0, this.#flights);
    return differences.reduce((sum, x) => sum + x, 0) / this.#flights;
  }

  /** The difference that `fraction` of the flights do not exceed, in percent: nearest rank. */
  percentilePercent(fraction: number): number {
    const sorted = this.#differences.slice(0, this.#flights).sort();
    return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN;
  }

  /** The pairs of airports whose flights disagree most on average. */
  worstPairs(count: number): AirportPair[] {
    return [...this.#pairs.values()]
      .map((sums) => ({
        ...sums,
        recordedMiles: sums.recordedMiles / sums.flights,
        computedMiles: sums.computedMiles / sums.flights,
        differencePercent: sums.differencePercent / sums.flights,
      }))
      .sort((a, b) => b.differencePercent - a.differencePercent)
      .slice(0, count);
  }

  #pair(first: number, second: number): PairSums {
    const key = first * 2 ** 16 + second;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const sums = { first, second, flights: 0, recordedMiles: 0, computedMiles: 0 };
    const pair = { ...sums, differencePercent: 0 };
    this.#pairs.set(key, pair);
    return pair;
  }
}
