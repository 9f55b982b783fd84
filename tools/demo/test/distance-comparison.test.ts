import { describe, expect, it } from "vitest";
import { DistanceComparison } from "../src/distance-comparison.ts";

const KM_PER_MILE = 1.609344;

describe("distance comparison", () => {
  it("compares kilometres with statute miles", () => {
    const comparison = new DistanceComparison(2);
    comparison.add(1, 2, 100, 100 * KM_PER_MILE);
    comparison.add(1, 2, 100, 102 * KM_PER_MILE);
    expect(comparison.flights).toBe(2);
    expect(comparison.meanPercent()).toBeCloseTo(1, 9);
  });

  it("takes the percentile by nearest rank, over the flights that were added", () => {
    const comparison = new DistanceComparison(1000);
    for (let i = 1; i <= 100; i++) comparison.add(1, 2, 100, (100 + i / 10) * KM_PER_MILE);
    expect(comparison.percentilePercent(0.99)).toBeCloseTo(9.9, 9);
    expect(comparison.percentilePercent(1)).toBeCloseTo(10, 9);
    expect(comparison.percentilePercent(0.001)).toBeCloseTo(0.1, 9);
  });

  it("names the pairs that disagree most, both directions as one", () => {
    const comparison = new DistanceComparison(4);
    comparison.add(1, 2, 100, 101 * KM_PER_MILE);
    comparison.add(2, 1, 100, 103 * KM_PER_MILE);
    comparison.add(3, 4, 200, 190 * KM_PER_MILE);
    comparison.add(5, 6, 50, 50 * KM_PER_MILE);
    const [worst, second, ...rest] = comparison.worstPairs(2);
    expect(rest).toEqual([]);
    expect(worst).toMatchObject({ first: 3, second: 4, flights: 1, recordedMiles: 200 });
    expect(worst?.differencePercent).toBeCloseTo(5, 9);
    expect(second).toMatchObject({ first: 1, second: 2, flights: 2 });
    expect(second?.computedMiles).toBeCloseTo(102, 9);
    expect(second?.differencePercent).toBeCloseTo(2, 9);
  });
});
