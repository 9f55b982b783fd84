import { describe, expect, it } from "vitest";
import { decades, histogramFigure, logHeight, symmetricBins } from "../../src/page/histogram.ts";

const bin = (index: number, flights: number) => ({
  fromPercent: index * 0.1,
  toPercent: (index + 1) * 0.1,
  flights,
});

describe("the histogram", () => {
  it("has a scale from one flight to the first power of ten that holds all", () => {
    expect(decades(1)).toEqual([1, 10]);
    expect(decades(1000)).toEqual([1, 10, 100, 1000]);
    expect(decades(1001)).toEqual([1, 10, 100, 1000, 10_000]);
  });

  it("tells one flight from none, and steps evenly by powers of ten", () => {
    expect(logHeight(0, 1000)).toBe(0);
    expect(logHeight(1, 1000)).toBeGreaterThan(0.05);
    expect(logHeight(1000, 1000)).toBe(1);
    const step = logHeight(100, 1000) - logHeight(10, 1000);
    expect(logHeight(1000, 1000) - logHeight(100, 1000)).toBeCloseTo(step, 12);
  });

  it("fills in empty bins, to the same distance on either side of zero", () => {
    const bins = symmetricBins([bin(-3, 5), bin(0, 7)], 0.1);
    expect(bins.map(({ flights }) => flights)).toEqual([5, 0, 0, 7, 0, 0]);
    expect(bins[0]?.fromPercent).toBeCloseTo(-0.3, 12);
    expect(bins.at(-1)?.toPercent).toBeCloseTo(0.3, 12);
  });

  it("draws a column for every bin with flights, short below zero and long above", () => {
    const figure = histogramFigure([bin(-2, 5), bin(-1, 6), bin(0, 7)], "about").toString();
    const sides = [...figure.matchAll(/<rect class="(\w+)"/g)].map(([, side]) => side);
    expect(sides).toEqual(["short", "short", "long"]);
    expect(figure).toContain("<title>−0.2 % to −0.1 %: 5 flights</title>");
  });

  it("draws no flights at all", () => {
    expect(histogramFigure([], "nothing").toString()).not.toContain("<rect");
  });
});
