const KM_PER_STATUTE_MILE = 1.609344;

/** Flights between two airports, in one direction. */
export interface Route {
  readonly origin: number;
  readonly destination: number;
  readonly flights: number;
  /** Means over the flights. */
  readonly recordedMiles: number;
  readonly computedMiles: number;
  readonly differencePercent: number;
}

interface RouteSums {
  readonly origin: number;
  readonly destination: number;
  flights: number;
  recordedMiles: number;
  computedMiles: number;
  differencePercent: number;
}

/** Compares computed distances with recorded ones, flight by flight. */
export class DistanceComparison {
  readonly #differences: Float64Array;
  readonly #routes = new Map<number, RouteSums>();
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
    const key = origin * 2 ** 16 + destination;
    let route = this.#routes.get(key);
    if (route === undefined) {
      route = {
        origin,
        destination,
        flights: 0,
        recordedMiles: 0,
        computedMiles: 0,
        differencePercent: 0,
      };
      this.#routes.set(key, route);
    }
    route.flights += 1;
    route.recordedMiles += recordedMiles;
    route.computedMiles += computedMiles;
    route.differencePercent += differencePercent;
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

  /** The routes whose flights disagree most on average. */
  worstRoutes(count: number): Route[] {
    return [...this.#routes.values()]
      .map((sums) => ({
        ...sums,
        recordedMiles: sums.recordedMiles / sums.flights,
        computedMiles: sums.computedMiles / sums.flights,
        differencePercent: sums.differencePercent / sums.flights,
      }))
      .sort((a, b) => b.differencePercent - a.differencePercent)
      .slice(0, count);
  }
}
