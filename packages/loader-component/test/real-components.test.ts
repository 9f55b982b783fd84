import { batchOf, type Column } from "@uni/loader-tests";
import { Field, FixedSizeList, Float64, type RecordBatch, Utf8 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { doubles } from "./batch-of.ts";
import { loadBuilt } from "./load.ts";

const EARTH_RADIUS_KM = 6371.0088;
const TEXT = new Utf8();
const VEC3 = new FixedSizeList(3, new Field("item", new Float64(), true));

const values = (vector: Iterable<unknown>) =>
  [...vector].map((v) => (v !== null && typeof v === "object" ? [...(v as Iterable<unknown>)] : v));

// On a meridian and on the equator a distance is the angle alone.
const ARCS: readonly (readonly [number, number, number, number, degrees: number])[] = [
  [0, 0, 0, 90, 90],
  [-90, 0, 90, 0, 180],
  [10, 20, 55, 20, 45],
  [0, 179.5, 0, -179.5, 1],
];
const arcs = (): RecordBatch =>
  doubles(...([0, 1, 2, 3] as const).map((i) => ARCS.map((arc) => arc[i])));
const KM = ARCS.map(([, , , , degrees]) => (EARTH_RADIUS_KM * degrees * Math.PI) / 180);

describe("geo", () => {
  it("computes known distances, awaited and at once", async () => {
    const { scalar } = await loadBuilt("geo");
    const haversine = scalar("haversine");
    for (const result of [await haversine.invoke(arcs()), haversine.invokeSync(arcs())]) {
      expect(String(result.type)).toBe("Float64");
      expect(result.length).toBe(ARCS.length);
      for (const [i, km] of [...result].entries()) expect(km).toBeCloseTo(KM[i] ?? 0, 6);
    }
  });

  it("gives null where an argument is null, and takes a slice of a batch", async () => {
    const { scalar } = await loadBuilt("geo");
    const gaps = doubles([0, null, 0], [0, 0, null], [0, 0, 0], [90, 90, 90]);
    const result = [...(await scalar("haversine").invoke(gaps))];
    expect(result[0]).toBeCloseTo(KM[0] ?? 0, 6);
    expect(result.slice(1)).toEqual([null, null]);
    const [, third] = await scalar("haversine").invoke(arcs().slice(1, 3));
    expect(third).toBeCloseTo(KM[2] ?? 0, 6);
  });

  it("gives no rows for no rows, and still calls the guest", async () => {
    const { plugin, scalar } = await loadBuilt("geo");
    expect((await scalar("haversine").invoke(doubles([], [], [], []))).length).toBe(0);
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 0 });
  });

  it("takes as many columns as the call has where it is variadic", async () => {
    const { scalar } = await loadBuilt("geo");
    const [middle] = values(await scalar("centroid").invoke(doubles([10], [20], [-10], [20])));
    const [lat, lon] = middle as [number, number];
    expect(lat).toBeCloseTo(0, 9);
    expect(lon).toBeCloseTo(20, 9);
  });

  it("reports its own error with the code, as one that trying again does not help", async () => {
    const { plugin, scalar } = await loadBuilt("geo");
    await expect(scalar("centroid").invoke(doubles([1], [2], [3]))).rejects.toMatchObject({
      name: "FnError",
      fnCode: 2,
      retryable: false,
    });
    expect(plugin.pool.metrics.live).toBe(0);
  });

  it("tells what it is, what it was granted and what it may use", async () => {
    const { plugin, registry, scalar } = await loadBuilt("geo");
    expect(plugin).toMatchObject({ id: "ai.example.geo", version: "1.0.0", denied: [] });
    expect(plugin.effective.names()).toEqual(["scalar-fn", "procedure"]);
    expect(plugin.limits).toMatchObject({ timeoutMs: 30_000, memoryPages: 16_384 });
    expect(registry.scalar("AI.Example.Geo.HAVERSINE")).toBe(scalar("haversine"));
  });

  it("refuses other arguments with both lists, and no guest is made for that", async () => {
    const { plugin, scalar } = await loadBuilt("geo");
    await expect(scalar("haversine").invoke(doubles([1]))).rejects.toMatchObject({
      code: "ARGUMENTS_INVALID",
      message: "ai.example.geo.haversine takes (Float64, Float64, Float64, Float64), got (Float64)",
    });
    expect(plugin.pool.metrics.misses).toBe(0);
  });
});

describe("text", () => {
  const STRINGS = ["", "a", "héllo", "日本語", "👩‍🚀 ok", "x".repeat(300)];

  it("takes and gives strings of all lengths, and null for null", async () => {
    const { scalar } = await loadBuilt("text");
    const reversed = await scalar("reverse").invoke(batchOf([[...STRINGS, null], TEXT]));
    expect(values(reversed)).toEqual([...STRINGS.map((s) => [...s].reverse().join("")), null]);
    const lengths = scalar("char_length").invokeSync(batchOf([STRINGS, TEXT]));
    expect(values(lengths)).toEqual(STRINGS.map((s) => BigInt([...s].length)));
  });

  it("takes megabytes in a row, and ten thousand rows", async () => {
    const { scalar } = await loadBuilt("text");
    const long = "añ日".repeat(175_000);
    const [reversed] = await scalar("reverse").invoke(batchOf([[long], TEXT]));
    expect(reversed === [...long].reverse().join("")).toBe(true);
    const many = Array.from({ length: 10_000 }, (_, i) => `row ${i} ö`);
    const result = values(await scalar("reverse").invoke(batchOf([many, TEXT])));
    expect(result).toEqual(many.map((s) => [...s].reverse().join("")));
  });

  it("handles nulls itself where it says so", async () => {
    const { scalar } = await loadBuilt("text");
    const columns: Column[] = [
      [["a", null, null], TEXT],
      [["b", "c", null], TEXT],
    ];
    expect(values(await scalar("join").invoke(batchOf(...columns)))).toEqual(["ab", "c", ""]);
  });
});

describe("vec", () => {
  it("takes and gives vectors", async () => {
    const { scalar } = await loadBuilt("vec");
    const vectors = [[1, 2, 3], [-4, 0.5, 0], null];
    const norms = await scalar("norm").invoke(batchOf([vectors, VEC3]));
    expect(values(norms)).toEqual([Math.sqrt(14), Math.sqrt(16.25), null]);
    const scaled = scalar("scale").invokeSync(batchOf([vectors, VEC3], [[2, -1, 3]]));
    expect(String(scaled.type)).toBe("FixedSizeList[3]<Float64>");
    expect(values(scaled)).toEqual([[2, 4, 6], [4, -0.5, -0], null]);
  });
});

describe("a plugin in JavaScript", () => {
  it("computes, reports its own errors, and is a fresh engine in every call", async () => {
    const { plugin, scalar } = await loadBuilt("javascript");
    const sums = await scalar("add").invoke(doubles([1, 2, null], [0.5, -2, 3]));
    expect(values(sums)).toEqual([1.5, 0, null]);
    expect(values(scalar("echo").invokeSync(doubles([7, 8])))).toEqual([7, 8]);
    await expect(scalar("fail").invoke(doubles([1]))).rejects.toMatchObject({
      name: "FnError",
      fnCode: 7,
      message: "fail fails, as told",
      retryable: true,
    });
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 3, exhausted: 0, live: 0 });
  });

  it("has a clock that is the host's, and random numbers that no two guests share", async () => {
    const { scalar } = await loadBuilt("javascript");
    const before = Date.now();
    const [now] = await scalar("now").invoke(doubles([0]));
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
    const draws = [0, 1, 2].map(() => [...scalar("random").invokeSync(doubles([0]))][0]);
    expect(new Set(draws).size).toBe(3);
  });
});

describe("close", () => {
  it("takes the functions out of the registry, and refuses calls of those still held", async () => {
    const { plugin, registry, scalar } = await loadBuilt("geo");
    const held = scalar("haversine");
    await plugin.close();
    await plugin.close();
    expect(registry.plugins()).toEqual([]);
    await expect(held.invoke(arcs())).rejects.toMatchObject({
      name: "ComponentError",
      code: "CLOSED",
      message: expect.stringContaining("ai.example.geo was closed"),
    });
    expect(() => held.invokeSync(arcs())).toThrow(expect.objectContaining({ code: "CLOSED" }));
  });
});
