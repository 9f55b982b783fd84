import { type PrimitiveName, toArrowType, type ValueType } from "@uni/plugin";
import { decodeBatch, encodeBatch } from "@uni/wasm-rt";
import { Vector } from "apache-arrow";
import { describe, expect, it } from "vitest";
import {
  type BatchPlan,
  generateBatch,
} from "../../../../packages/conformance/src/batches/generate-batch.ts";
import { repeatRows } from "../../../../packages/conformance/src/batches/repeat-rows.ts";

const of = (arrow: PrimitiveName): ValueType => ({ kind: "primitive", arrow });
const USUAL: BatchPlan = {
  args: [of("float64")],
  variadic: 2,
  rows: 100,
  range: "ordinary",
  nulls: "none",
  nullItems: false,
  seed: 1,
};

/** The first column as values, after it has crossed. */
function valuesOf(plan: Partial<BatchPlan>): unknown[] {
  const batch = decodeBatch(encodeBatch(generateBatch({ ...USUAL, ...plan })));
  return [...(batch?.getChildAt(0) ?? [])].map(plain);
}

const plain = (value: unknown): unknown => (value instanceof Vector ? [...value] : value);

describe("a generated batch", () => {
  const types: ValueType[] = [
    ...(["int32", "int64", "float32", "float64", "boolean", "utf8"] as const).map(of),
    ...(["binary", "largebinary", "date64", "timestamp_ms"] as const).map(of),
    { kind: "cypher_value" },
    { kind: "vector", len: 3, element: "float32" },
    { kind: "vector", len: 2, element: "utf8" },
  ];
  const titled = types.map((type) => [String(toArrowType(type)), type] as const);

  it.each(titled)("is the same for a seed, and another for another, of %s", (_title, type) => {
    for (const range of ["ordinary", "signed", "extreme"] as const) {
      const bytes = (seed: number) =>
        Buffer.from(
          encodeBatch(generateBatch({ ...USUAL, args: [type], range, nulls: "some", seed })),
        );
      expect(bytes(3).equals(bytes(3))).toBe(true);
      expect(bytes(3).equals(bytes(4))).toBe(false);
    }
  });

  it("has the ends of every number", () => {
    const extreme = (arrow: PrimitiveName) => valuesOf({ args: [of(arrow)], range: "extreme" });
    expect(extreme("int32")).toEqual(expect.arrayContaining([-(2 ** 31), 2 ** 31 - 1]));
    expect(extreme("int64")).toEqual(expect.arrayContaining([-(2n ** 63n), 2n ** 63n - 1n]));
    const { NaN: nan, POSITIVE_INFINITY: infinity, MAX_VALUE: max, MIN_VALUE: min } = Number;
    const doubles = [nan, infinity, -infinity, -0, 0, max, -max, min];
    expect(extreme("float64")).toEqual(expect.arrayContaining(doubles));
    expect(extreme("float32")).toEqual(
      expect.arrayContaining([nan, infinity, -infinity, -0, 2 ** -149]),
    );
  });

  it("has texts and bytes that are empty, long and beyond the first plane", () => {
    const texts = valuesOf({ args: [of("utf8")], range: "extreme" }).map(String);
    expect(texts).toContain("");
    expect(texts).toContain("\u{10ffff}");
    expect(Math.max(...texts.map(({ length }) => length))).toBeGreaterThan(10_000);
    const binaries = valuesOf({ args: [of("binary")], range: "extreme" });
    expect(binaries).toContainEqual(new Uint8Array());
  });

  it("has nothing negative where it is ordinary, and both signs where it is signed", () => {
    for (const arrow of ["int32", "int64", "float32", "float64"] as const) {
      const isNegative = (value: unknown) => Number(value) < 0;
      expect(valuesOf({ args: [of(arrow)] }).some(isNegative)).toBe(false);
      const signed = valuesOf({ args: [of(arrow)], range: "signed" });
      expect(signed.some(isNegative)).toBe(true);
      expect(signed.every(isNegative)).toBe(false);
    }
  });

  it("has nulls where it is told, with values below them", () => {
    const nulls = (count: Partial<BatchPlan>) =>
      valuesOf(count).filter((value) => value === null).length;
    expect(nulls({})).toBe(0);
    expect(nulls({ nulls: "all" })).toBe(100);
    expect(nulls({ nulls: "some" })).toBeGreaterThan(10);
    expect(nulls({ nulls: "some" })).toBeLessThan(90);
    expect(nulls({ nulls: "some", rows: 1 })).toBe(1);
    const [column] = generateBatch({ ...USUAL, nulls: "all" }).data.children;
    expect(new Set(column?.values).size).toBeGreaterThan(50);
  });

  it("has vectors with null items only where it is told", () => {
    const args: ValueType[] = [{ kind: "vector", len: 3, element: "float64" }];
    const items = (plan: Partial<BatchPlan>) => valuesOf({ args, ...plan }).flat();
    expect(items({ nullItems: true })).toContain(null);
    expect(items({ nullItems: true })).not.toEqual(items({}));
    expect(items({})).not.toContain(null);
    expect(valuesOf({ args, nullItems: true })).not.toContain(null);
  });

  it("has so many columns of a variadic argument, and rows without any", () => {
    const args = [of("int32"), { kind: "variadic", inner: of("utf8") }] as const;
    const names = (variadic: number) =>
      generateBatch({ ...USUAL, args, variadic }).schema.fields.map(({ name }) => name);
    expect(names(0)).toEqual(["arg0"]);
    expect(names(3)).toEqual(["arg0", "arg1", "arg2", "arg3"]);
    expect(generateBatch({ ...USUAL, args: [] }).numRows).toBe(100);
  });

  it.each(titled)("is repeated row by row, of %s", (_title, type) => {
    const batch = generateBatch({
      ...{ ...USUAL, args: [type], rows: 3, range: "signed", nulls: "none", nullItems: true },
    }).slice(1);
    const values = (of: typeof batch) => [...(of.getChildAt(0) ?? [])].map(plain);
    const [one, two] = values(batch);
    const repeated = repeatRows(batch, 5);
    expect(values(repeated)).toEqual([one, two, one, two, one]);
    expect(decodeBatch(encodeBatch(repeated))?.numRows).toBe(5);
  });
});
