import { describe, expect, it } from "vitest";
import { albers, INSETS, MAP, mapPoint, type Point } from "../../src/page/projection.ts";

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

describe("Albers' projection", () => {
  it("gives the numbers of Snyder's example", () => {
    // Map Projections: A Working Manual, p. 291: parallels 29.5° and 45.5° N, origin 23° N 96° W, radius 1.
    const project = albers([29.5, 45.5], { latitude: 23, longitude: -96 }, { x: 0, y: 0 }, 1);
    const { x, y } = project({ latitude: 35, longitude: -75 });
    expect(x).toBeCloseTo(0.295272, 6);
    expect(-y).toBeCloseTo(0.2416774, 6);
  });

  it("takes a place beyond the 180th meridian for a neighbour of one before it", () => {
    const project = albers([55, 65], { latitude: 60, longitude: -154 }, { x: 0, y: 0 }, 100);
    const [west, east] = [179.9, -179.9].map((longitude) => project({ latitude: 52, longitude }));
    if (west === undefined || east === undefined) throw new Error("two places");
    expect(distance(west, east)).toBeLessThan(1);
  });
});

describe("the map", () => {
  const seattle = { latitude: 47.45, longitude: -122.31 };
  const miami = { latitude: 25.79, longitude: -80.29 };

  it("has north up and west left", () => {
    const [a, b] = [mapPoint(seattle), mapPoint(miami)];
    if (a === undefined || b === undefined) throw new Error("both are on the map");
    expect(a.x).toBeLessThan(b.x);
    expect(a.y).toBeLessThan(b.y);
  });

  it.each([
    ["Alaska", 0, { latitude: 71.29, longitude: -156.77 }],
    ["Alaska", 0, { latitude: 52.83, longitude: 173.18 }],
    ["Alaska", 0, { latitude: 55.36, longitude: -131.71 }],
    ["Hawaii", 1, { latitude: 19.72, longitude: -155.05 }],
    ["Hawaii", 1, { latitude: 21.98, longitude: -159.34 }],
    ["the Caribbean", 2, { latitude: 17.7, longitude: -64.8 }],
    ["the Caribbean", 2, { latitude: 18.49, longitude: -67.13 }],
  ])("puts %s into its frame", (_name, index, place) => {
    const [point, frame] = [mapPoint(place), INSETS[index]];
    if (point === undefined || frame === undefined) throw new Error("it has a frame");
    expect(point.x).toBeGreaterThan(frame.left);
    expect(point.x).toBeLessThan(frame.left + frame.width);
    expect(point.y).toBeGreaterThan(frame.top);
    expect(point.y).toBeLessThan(frame.top + frame.height);
  });

  it.each([
    ["Cape Flattery", { latitude: 48.38, longitude: -124.73 }],
    ["Lubec", { latitude: 44.86, longitude: -66.98 }],
    ["Key West", { latitude: 24.56, longitude: -81.76 }],
    ["the Northwest Angle", { latitude: 49.38, longitude: -95.15 }],
  ])("holds %s", (_name, place) => {
    const point = mapPoint(place);
    if (point === undefined) throw new Error("it is on the map");
    expect(point.x).toBeGreaterThan(0);
    expect(point.x).toBeLessThan(MAP.width);
    expect(point.y).toBeGreaterThan(0);
    expect(point.y).toBeLessThan(MAP.height);
  });

  it("has no place for what is not of the country", () => {
    expect(mapPoint({ latitude: 13.48, longitude: 144.8 })).toBeUndefined();
    expect(mapPoint({ latitude: Number.NaN, longitude: -90 })).toBeUndefined();
  });
});
