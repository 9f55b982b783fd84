import { readFixture } from "@uni/fixtures";
import { FLOAT64 } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { encodeBatch } from "@uni/wasm-rt";
import { Utf8, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { loadCanned } from "./canned-scalar.ts";
import { columns } from "./doubles.ts";

const EARTH_RADIUS_KM = 6371.0088;

/** Great-circle distance by the angle between two unit vectors: not the haversine formula. */
function angleDistanceKm(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const unit = (lat: number, lon: number) => {
    const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    return [
      Math.cos(phi) * Math.cos(lambda),
      Math.cos(phi) * Math.sin(lambda),
      Math.sin(phi),
    ] as const;
  };
  const [a, b] = [unit(lat1, lon1), unit(lat2, lon2)];
  const cross = Math.hypot(
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  );
  return EARTH_RADIUS_KM * Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

const PLACES: readonly (readonly [number, number, number, number])[] = [
  [52.52, 13.405, 48.8566, 2.3522],
  [40.6413, -73.7781, 33.9416, -118.4085],
  [-33.8688, 151.2093, 51.5074, -0.1278],
  [0, 179.5, 0, -179.5],
];

function placesBatch() {
  const column = (i: 0 | 1 | 2 | 3) => PLACES.map((place) => place[i]);
  return columns({ lat1: column(0), lon1: column(1), lat2: column(2), lon2: column(3) });
}

async function loadGeo() {
  const registry = new PluginRegistry();
  const plugin = await new ExtismLoader().load(readFixture("geo"), { registry });
  return { plugin, registry, haversine: registry.scalar("ai.example.geo.haversine") };
}

describe("haversine", () => {
  it("computes great-circle distances, awaited and at once", async () => {
    const { haversine } = await loadGeo();
    const expected = PLACES.map((place) => angleDistanceKm(...place));
    for (const result of [
      await haversine.invoke(placesBatch()),
      haversine.invokeSync(placesBatch()),
    ]) {
      expect(String(result.type)).toBe("Float64");
      expect(result.length).toBe(PLACES.length);
      for (const [i, km] of [...result].entries()) expect(km).toBeCloseTo(expected[i] ?? 0, 6);
    }
  });

  it("is found whatever the case of its name", async () => {
    const { registry, haversine } = await loadGeo();
    expect(registry.scalar("AI.Example.Geo.HAVERSINE")).toBe(haversine);
  });

  it("gives null where an argument is null", async () => {
    const { haversine } = await loadGeo();
    const batch = columns({ a: [1, null, 3], b: [4, 5, 6], c: [7, 8, null], d: [1, 2, 3] });
    const result = [...(await haversine.invoke(batch))];
    expect(result[0]).toBeCloseTo(angleDistanceKm(1, 4, 7, 1), 6);
    expect(result.slice(1)).toEqual([null, null]);
  });

  it("gives no rows for no rows, and still calls the guest", async () => {
    const { plugin, haversine } = await loadGeo();
    const result = await haversine.invoke(columns({ a: [], b: [], c: [], d: [] }));
    expect(result.length).toBe(0);
    expect(plugin.pool.metrics.misses).toBe(1);
  });

  it("takes columns by position and a slice of a batch", async () => {
    const { haversine } = await loadGeo();
    const result = await haversine.invoke(placesBatch().slice(1, 3));
    expect(result.get(1)).toBeCloseTo(angleDistanceKm(-33.8688, 151.2093, 51.5074, -0.1278), 6);
  });

  it("tells what the plugin is, what it was granted and what it may use", async () => {
    const { plugin } = await loadGeo();
    expect(plugin).toMatchObject({ id: "ai.example.geo", version: "1.0.0", denied: [] });
    expect(plugin.effective.names()).toEqual(["scalar-fn", "procedure"]);
    expect(plugin.limits).toEqual({
      timeoutMs: 30_000,
      memoryPages: 16_384,
      tableElements: 1_048_576,
      queuedCalls: 1024,
      queueTimeoutMs: 30_000,
    });
    expect(plugin.pool.config).toEqual({ maxInstances: 4, warmCount: 1 });
  });
});

describe("a fresh guest for every call", () => {
  it("never sees the state of another call, after a trap neither", async () => {
    const registry = new PluginRegistry();
    const plugin = await new ExtismLoader().load(readFixture("stateful"), { registry });
    const bump = registry.scalar("ai.example.stateful.bump");
    const boom = registry.scalar("ai.example.stateful.boom");
    const one = columns({ x: [0] });
    for (let i = 0; i < 3; i++) expect([...(await bump.invoke(one))]).toEqual([1]);
    await expect(boom.invoke(one)).rejects.toMatchObject({ name: "ExtismError", code: "TRAP" });
    expect([...bump.invokeSync(one)]).toEqual([1]);
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 5, exhausted: 0, live: 0 });
  });
});

describe("nulls", () => {
  const answer = encodeBatch(columns({ result: [10, 20, 30] }));
  const args = columns({ x: [1, null, 3] });

  it("are the result's wherever an argument is null, whatever the guest wrote there", async () => {
    const { scalar } = await loadCanned({ kind: "output", bytes: answer });
    const result = await scalar.invoke(args);
    expect([...result]).toEqual([10, null, 30]);
    expect(result.nullCount).toBe(1);
  });

  it("are left to a function that handles them itself", async () => {
    const signature = { args: [FLOAT64], returns: FLOAT64, null_handling: "user_handled" };
    const { scalar } = await loadCanned({ kind: "output", bytes: answer }, { signature });
    expect([...(await scalar.invoke(args))]).toEqual([10, 20, 30]);
  });

  it("keep the guest's own nulls, over slices and many rows", async () => {
    const rows = Array.from({ length: 1003 }, (_, i) => i);
    const given = rows.map((i) => (i % 3 === 0 ? null : i));
    const answered = rows.slice(5).map((i) => (i % 7 === 0 ? null : -i));
    const bytes = encodeBatch(columns({ result: answered }));
    const { scalar } = await loadCanned({ kind: "output", bytes });
    const result = await scalar.invoke(columns({ x: given }).slice(5));
    const expected = rows.slice(5).map((i) => (i % 3 === 0 || i % 7 === 0 ? null : -i));
    expect([...result]).toEqual(expected);
    expect(result.nullCount).toBe(expected.filter((value) => value === null).length);
  });

  it("propagate into strings", async () => {
    const text = columns({ result: ["a", "b", "ç"] }, new Utf8());
    const returns = { kind: "primitive", arrow: "utf8" };
    const { scalar } = await loadCanned(
      { kind: "output", bytes: encodeBatch(text) },
      { signature: { args: [FLOAT64], returns } },
    );
    expect([...(await scalar.invoke(args))]).toEqual(["a", null, "ç"]);
  });
});

describe("arguments", () => {
  it("reach the guest as arg0, arg1, …, nullable, without the caller's names", async () => {
    // The guest answers with its input, so a vector of one column shows what it got.
    const { scalar } = await loadCanned({ kind: "echo" });
    expect([...(await scalar.invoke(columns({ whatever: [1, 2] })))]).toEqual([1, 2]);
  });

  it("of the wrong number or type are refused with both lists", async () => {
    const { plugin, scalar } = await loadCanned({ kind: "echo" });
    await expect(scalar.invoke(columns({ x: [1], y: [2] }))).rejects.toMatchObject({
      name: "PluginError",
      code: "ARGUMENTS_INVALID",
      message: "ai.example.canned.f takes (Float64), got (Float64, Float64)",
    });
    await expect(scalar.invoke(columns({ x: ["1"] }, new Utf8()))).rejects.toMatchObject({
      message: "ai.example.canned.f takes (Float64), got (Utf8)",
    });
    expect(plugin.pool.metrics.misses).toBe(0);
  });

  it("of a variadic function are as many columns as the call has", async () => {
    const signature = { args: [{ kind: "variadic", inner: FLOAT64 }], returns: FLOAT64 };
    const answer = encodeBatch(columns({ result: [7] }));
    const { scalar } = await loadCanned({ kind: "output", bytes: answer }, { signature });
    for (const batch of [columns({ x: [1] }), columns({ x: [1], y: [2], z: [3] })]) {
      expect([...(await scalar.invoke(batch))]).toEqual([7]);
    }
    await expect(scalar.invoke(columns({ x: ["1"] }, new Utf8()))).rejects.toMatchObject({
      message: "ai.example.canned.f takes (Float64 …), got (Utf8)",
    });
  });

  it("with a secret among them never reach the guest, however the column is named", async () => {
    const { plugin, scalar } = await loadCanned({ kind: "echo" });
    const batch = columns({ token: [1] });
    const [field] = batch.schema.fields;
    field?.metadata.set("ARROW:extension:name", "uni-db.secret-handle");
    await expect(scalar.invoke(batch)).rejects.toMatchObject({
      name: "ExtismError",
      code: "IPC",
      cause: { code: "IPC_SECRET_LEAK", column: "token" },
    });
    expect(plugin.pool.metrics.misses).toBe(0);
  });

  it("are not written by the guest, nor is the answer by anyone later", async () => {
    const { scalar } = await loadCanned({ kind: "echo" });
    const batch = columns({ x: [1, 2] });
    const first = await scalar.invoke(batch);
    const second = await scalar.invoke(columns({ x: [8, 9] }));
    expect([...first, ...second]).toEqual([1, 2, 8, 9]);
    expect([...(batch.getChildAt(0) ?? vectorFromArray([]))]).toEqual([1, 2]);
  });
});
