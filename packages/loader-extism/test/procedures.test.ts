import { cannedExtismGuest, readFixture } from "@uni/fixtures";
import { batchOf, FLOAT64 } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { encodeBatch, encodeBatches } from "@uni/wasm-rt";
import { Float64, Int32, type RecordBatch, Schema, Table, tableToIPC, Utf8 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { columns } from "./doubles.ts";

/** The arguments of `nearest`: a place, and how many. */
const place = (lat: number, lon: number, k: number): RecordBatch =>
  batchOf([[lat], new Float64()], [[lon], new Float64()], [[k], new Int32()]);

async function loadNearest() {
  const registry = new PluginRegistry();
  const plugin = await new ExtismLoader().load(readFixture("geo"), { registry });
  return {
    plugin,
    nearest: registry.procedure("ai.example.geo.nearest"),
    haversine: registry.scalar("ai.example.geo.haversine"),
  };
}

async function collect(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

describe("geo.nearest", () => {
  it("gives the nearest places in several batches, nearest first, as its own distances say", async () => {
    const { plugin, nearest, haversine } = await loadNearest();
    const batches = await collect(nearest.invoke(place(47.37, 8.54, 20)));
    expect(batches.length).toBeGreaterThan(1);
    const table = new Table(batches);
    expect(table.schema.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      "yield0: Utf8",
      "yield1: Float64",
      "yield2: Float64",
      "yield3: Float64",
    ]);
    const rows = table.toArray().map((row) => row.toJSON());
    expect(rows).toHaveLength(20);
    expect(rows[0]?.yield0).toBe("Zürich");
    const km = rows.map((row) => row.yield3 as number);
    expect(km).toEqual(km.toSorted((a, b) => a - b));
    const distances = haversine.invokeSync(
      columns({
        lat1: rows.map(() => 47.37),
        lon1: rows.map(() => 8.54),
        lat2: rows.map((row) => row.yield1),
        lon2: rows.map((row) => row.yield2),
      }),
    );
    for (const [i, distance] of [...distances].entries()) expect(km[i]).toBeCloseTo(distance, 9);
    expect(plugin.pool.metrics.live).toBe(0);
  });

  it("gives the same while the caller waits", async () => {
    const { nearest } = await loadNearest();
    const awaited = await collect(nearest.invoke(place(-33.9, 151.2, 9)));
    const waited = nearest.invokeSync(place(-33.9, 151.2, 9));
    const text = (batches: RecordBatch[]) => JSON.stringify(new Table(batches).toArray());
    expect(text(waited)).toBe(text(awaited));
  });

  it("gives no batch where there is nothing to give", async () => {
    const { nearest } = await loadNearest();
    expect(await collect(nearest.invoke(place(0, 0, 0)))).toEqual([]);
  });

  it("reports what it cannot do", async () => {
    const { nearest } = await loadNearest();
    await expect(collect(nearest.invoke(place(0, 0, -1)))).rejects.toMatchObject({
      name: "FnError",
      fnCode: 2,
    });
  });

  it("takes its arguments as exactly one row", async () => {
    const { plugin, nearest } = await loadNearest();
    const none = place(0, 0, 1).slice(0, 0);
    await expect(collect(nearest.invoke(none))).rejects.toMatchObject({
      code: "ARGUMENTS_INVALID",
      message: "ai.example.geo.nearest takes its arguments as one row, got 0",
    });
    expect(plugin.pool.metrics.misses).toBe(0);
  });
});

describe("a procedure's answer", () => {
  async function answering(bytes: Uint8Array) {
    const entry = {
      kind: "procedure",
      qname: "ai.example.canned.p",
      args: [FLOAT64],
      yields: [FLOAT64, FLOAT64],
    };
    const guest = await cannedExtismGuest({
      manifest: JSON.stringify({
        id: "ai.example.canned",
        version: "1.0.0",
        capabilities: ["procedure"],
      }),
      register: JSON.stringify({ entries: [entry] }),
      functions: { proc_ai_example_canned_p_invoke: { kind: "output", bytes } },
    });
    const [procedure] = (await new ExtismLoader().load(guest)).procedures;
    if (procedure === undefined) throw new Error("one procedure");
    return procedure;
  }
  const one = columns({ x: [1] });

  it("has columns named by the contract, whatever the guest named them", async () => {
    const two = columns({ b: [1, 2], a: [3, 4] });
    const procedure = await answering(encodeBatches([two, two]));
    const batches = procedure.invokeSync(one);
    expect(batches.map((batch) => batch.schema.fields.map(({ name }) => name))).toEqual([
      ["yield0", "yield1"],
      ["yield0", "yield1"],
    ]);
    expect([...(batches[1]?.getChild("yield1") ?? [])]).toEqual([3, 4]);
  });

  it("may be a schema without a batch", async () => {
    const schema = new Schema([]);
    const procedure = await answering(tableToIPC(new Table(schema), "stream"));
    expect(procedure.invokeSync(one)).toEqual([]);
  });

  it("of other columns is refused with both lists", async () => {
    for (const bad of [columns({ a: [1] }), columns({ a: ["x"], b: ["y"] }, new Utf8())]) {
      const procedure = await answering(encodeBatch(bad));
      await expect(collect(procedure.invoke(one))).rejects.toMatchObject({
        code: "OUTPUT_DECODE",
        message: expect.stringMatching(
          /returned columns \(.*\); its registration says \(Float64, Float64\)/,
        ),
      });
    }
  });
});
