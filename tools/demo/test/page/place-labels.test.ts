import { describe, expect, it } from "vitest";
import { placeLabels } from "../../src/page/place-labels.ts";

const SIZE = { width: 20, height: 16 };
const BOUNDS = { width: 200, height: 100 };

describe("labels", () => {
  it("stand apart, inside of the bounds", () => {
    const points = [50, 55, 60, 195].map((x) => ({ x, y: 50 }));
    const labels = placeLabels(points, [], SIZE, BOUNDS);
    expect(labels).toHaveLength(4);
    const middles = labels.map(({ index, dx, dy }) => {
      const { x, y } = points[index] ?? { x: 0, y: 0 };
      return { x: x + dx, y: y + dy };
    });
    for (const [i, a] of middles.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(10);
      expect(a.x).toBeLessThanOrEqual(190);
      for (const b of middles.slice(i + 1)) {
        expect(Math.abs(a.x - b.x) >= 20 || Math.abs(a.y - b.y) >= 16).toBe(true);
      }
    }
  });

  it("keep clear of obstacles where they can", () => {
    const point = { x: 100, y: 50 };
    const right = placeLabels([point], [], SIZE, BOUNDS);
    const obstacles = Array.from({ length: 20 }, (_, i) => ({ x: 104 + i, y: 50 }));
    const elsewhere = placeLabels([point], obstacles, SIZE, BOUNDS);
    expect(right[0]?.dy).toBeCloseTo(0, 9);
    expect(elsewhere[0]).toBeDefined();
    expect(elsewhere[0]).not.toEqual(right[0]);
  });

  it("are left out where there is no room", () => {
    const crowd = Array.from({ length: 100 }, () => ({ x: 100, y: 50 }));
    const labels = placeLabels(crowd, [], SIZE, BOUNDS);
    expect(labels.length).toBeGreaterThan(3);
    expect(labels.length).toBeLessThan(40);
  });
});
