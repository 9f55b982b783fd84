import { expect, it } from "vitest";
import { measuresOf } from "../src/measures-of.ts";

const rounds = (name: string, ...perRound: number[]) => ({ name, perRound, runs: 40 });

it("a measure has the median of its rounds and the quartiles around it", () => {
  const [floor] = measuresOf("a table", "ms", [rounds("floor", 5, 1, 4, 2, 3)]);
  expect(floor).toEqual({
    table: "a table",
    name: "floor",
    unit: "ms",
    median: 3,
    spread: { low: 2, high: 4 },
    runs: 40,
    floor: null,
  });
});

it("a ratio is taken within each round, so a machine that slows down does not change it", () => {
  const [, twice] = measuresOf("a table", "ms", [
    rounds("floor", 1, 1, 10, 10, 10),
    rounds("twice", 2, 2, 20, 20, 20),
  ]);
  expect(twice?.floor).toEqual({ name: "floor", ratio: 2, low: 2, high: 2 });
  expect(twice?.spread).toEqual({ low: 2, high: 20 });
});

it("shares have no floor", () => {
  const measures = measuresOf("a table", "%", [rounds("a", 50), rounds("b", 100)]);
  expect(measures.map(({ floor }) => floor)).toEqual([null, null]);
});
