import { type FixtureName, readFixture } from "@uni/fixtures";
import { batchOf } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import type { LoadOptions, LogRecord } from "@uni/wasm-rt";
import { type DataType, Field, FixedSizeList, Float64, type RecordBatch, Utf8 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";

const FLOAT = new Float64();
const TEXT = new Utf8();
const VEC3 = new FixedSizeList(3, new Field("item", new Float64(), true));

const batch = (...columns: [DataType, readonly unknown[]][]): RecordBatch =>
  batchOf(...columns.map(([type, values]) => [values, type] as const));

async function load(name: FixtureName, options: LoadOptions = {}, logger?: (r: LogRecord) => void) {
  const registry = new PluginRegistry();
  const loader = new ExtismLoader(logger === undefined ? {} : { logger });
  await loader.load(readFixture(name), { registry, ...options });
  return (local: string) => registry.scalar(`ai.example.${name}.${local}`);
}

const values = (vector: Iterable<unknown>) =>
  [...vector].map((v) => (v !== null && typeof v === "object" ? [...(v as Iterable<unknown>)] : v));

const STRINGS = ["", "a", "héllo", "日本語", "👩‍🚀 ok", "x".repeat(50)];

describe("text", () => {
  it("reverses by code point, like the language does", async () => {
    const text = await load("text");
    const result = await text("reverse").invoke(batch([TEXT, [...STRINGS, null]]));
    expect(values(result)).toEqual([...STRINGS.map((s) => [...s].reverse().join("")), null]);
  });

  it("counts code points", async () => {
    const text = await load("text");
    const result = text("char_length").invokeSync(batch([TEXT, STRINGS]));
    expect(values(result)).toEqual(STRINGS.map((s) => BigInt([...s].length)));
  });

  it("joins, and takes null for empty, as it handles nulls itself", async () => {
    const text = await load("text");
    const result = await text("join").invoke(
      batch([TEXT, ["a", null, "ü", null]], [TEXT, ["b", "c", null, null]]),
    );
    expect(values(result)).toEqual(["ab", "c", "ü", ""]);
  });

  it("takes strings of a megabyte, and batches of ten thousand", async () => {
    const text = await load("text");
    const long = "añ日".repeat(175_000);
    const [reversed] = await text("reverse").invoke(batch([TEXT, [long]]));
    expect(reversed === [...long].reverse().join("")).toBe(true);
    const many = Array.from({ length: 10_000 }, (_, i) => `row ${i} ö`);
    const result = values(await text("reverse").invoke(batch([TEXT, many])));
    expect(result).toEqual(many.map((s) => [...s].reverse().join("")));
  });

  it("takes no rows", async () => {
    const text = await load("text");
    expect((await text("reverse").invoke(batch([TEXT, []]))).length).toBe(0);
  });
});

describe("vec", () => {
  const a = [
    [1, 2, 3],
    [-4, 0.5, 0],
    [0, 0, 0],
  ];
  const b = [
    [7, 8, 9],
    [1, 1, 1],
    [5, 5, 5],
  ];
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, xi, i) => sum + xi * (y[i] ?? 0), 0);

  it("multiplies and measures vectors", async () => {
    const vec = await load("vec");
    const dots = await vec("dot").invoke(batch([VEC3, a], [VEC3, b]));
    expect(values(dots)).toEqual(a.map((x, i) => dot(x, b[i] ?? [])));
    const norms = await vec("norm").invoke(batch([VEC3, a]));
    expect(values(norms)).toEqual(a.map((x) => Math.sqrt(dot(x, x))));
  });

  it("gives vectors, and null for a null vector", async () => {
    const vec = await load("vec");
    const args = batch([VEC3, [...a, null]], [FLOAT, [2, -1, 3, 1]]);
    const scaled = await vec("scale").invoke(args);
    expect(String(scaled.type)).toBe("FixedSizeList[3]<Float64>");
    expect(values(scaled).slice(0, 2)).toEqual([
      [2, 4, 6],
      [4, -0.5, -0],
    ]);
    expect(values(scaled)[3]).toBeNull();
    expect(values(await vec("norm").invoke(batch([VEC3, a]).slice(1, 2)))).toHaveLength(1);
  });

  it("refuses vectors of another length", async () => {
    const vec = await load("vec");
    const two = new FixedSizeList(2, new Field("item", new Float64(), true));
    await expect(vec("norm").invoke(batch([two, [[1, 2]]]))).rejects.toMatchObject({
      code: "ARGUMENTS_INVALID",
    });
  });
});

describe("geo", () => {
  const RADIUS_KM = 6371.0088;

  it("walks to a destination that is as far away as it was told, and null where it cannot", async () => {
    const geo = await load("geo");
    const lat = [52.52, 0, -33.9, 10, 10];
    const lon = [13.4, 179.9, 151.2, 10, null];
    const bearing = [45, 90, 270, 0, 0];
    const km = [1000, 200, 5000, -1, 10];
    const args = batch([FLOAT, lat], [FLOAT, lon], [FLOAT, bearing], [FLOAT, km]);
    const reached = values(await geo("destination").invoke(args)) as ([number, number] | null)[];
    expect(reached.slice(3)).toEqual([null, null]);
    const back = batch(
      [FLOAT, lat.slice(0, 3)],
      [FLOAT, lon.slice(0, 3)],
      [FLOAT, reached.slice(0, 3).map((p) => p?.[0])],
      [FLOAT, reached.slice(0, 3).map((p) => p?.[1])],
    );
    for (const [i, distance] of [...geo("haversine").invokeSync(back)].entries()) {
      expect(distance).toBeCloseTo(km[i] ?? 0, 6);
    }
    const degrees = (200 / RADIUS_KM) * (180 / Math.PI);
    expect(reached[1]?.[0]).toBeCloseTo(0, 9);
    expect(reached[1]?.[1]).toBeCloseTo(179.9 + degrees - 360, 9);
  });

  it("finds the centre of any number of points", async () => {
    const geo = await load("geo");
    const one = batch([FLOAT, [12]], [FLOAT, [34]]);
    const [same] = values(await geo("centroid").invoke(one)) as [number, number][];
    expect(same?.[0]).toBeCloseTo(12, 9);
    expect(same?.[1]).toBeCloseTo(34, 9);
    const three = batch(...[10, 20, -10, 20, 0, 20].map((x): [DataType, number[]] => [FLOAT, [x]]));
    const [middle] = values(await geo("centroid").invoke(three)) as [number, number][];
    expect(middle?.[0]).toBeCloseTo(0, 9);
    expect(middle?.[1]).toBeCloseTo(20, 9);
  });

  it("says what is wrong with half a point", async () => {
    const geo = await load("geo");
    const odd = batch([FLOAT, [1]], [FLOAT, [2]], [FLOAT, [3]]);
    await expect(geo("centroid").invoke(odd)).rejects.toMatchObject({ name: "FnError", fnCode: 2 });
  });
});

describe("probe, written on the PDK's own API", () => {
  it("reads its config, and nothing of another plugin's", async () => {
    const probe = await load("probe", { config: { city: "Zürich" } });
    const result = await probe("config").invoke(batch([TEXT, ["city", "country"]]));
    expect(values(result)).toEqual(["Zürich", null]);
  });

  it("keeps variables for the length of a call", async () => {
    const probe = await load("probe");
    const result = await probe("remember").invoke(batch([FLOAT, [1.5, 2.5]]));
    expect(values(result)).toEqual([1.5, 2.5]);
  });

  it("logs at every level", async () => {
    const records: LogRecord[] = [];
    const probe = await load("probe", {}, (record) => records.push(record));
    await probe("talk").invoke(batch([FLOAT, [1]]));
    expect(records.map(({ level }) => level).toSorted()).toEqual([
      "debug",
      "error",
      "info",
      "warn",
    ]);
    expect(records.every(({ pluginId }) => pluginId === "ai.example.probe")).toBe(true);
  });
});
