import type { Attributes, Histogram, Meter } from "@opentelemetry/api";

/** From a guest in microseconds to a deadline: what an SDK has by itself is for milliseconds. */
const BOUNDS_S = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60];

/** A histogram of times, in seconds as the conventions want. */
export class Durations {
  readonly #histogram: Histogram;

  constructor(meter: Meter, name: string, description: string) {
    const advice = { explicitBucketBoundaries: BOUNDS_S };
    this.#histogram = meter.createHistogram(name, { description, unit: "s", advice });
  }

  /** @param ms undefined where there is nothing to record. */
  record(ms: number | undefined, attributes: Attributes): void {
    if (ms !== undefined) this.#histogram.record(ms / 1000, attributes);
  }
}
