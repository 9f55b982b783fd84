import { cannedComponent, readComponent } from "@uni/fixtures";
import { batchOf, FLOAT64, registrationOf } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { encodeBatch, encodeBatches } from "@uni/wasm-rt";
import { Float64, Int32, type RecordBatch, Table, Utf8 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { doubles, ONE } from "./batch-of.ts";
import { cannedRefusal, manifestOf } from "./canned.ts";
import { loadBuilt, sharedLoader } from "./load.ts";

const CAPABILITIES = ["scalar-fn", "aggregate-fn", "procedure"];
const SIGNATURE = { args: [FLOAT64], returns: FLOAT64 };
const SCALAR = { kind: "scalar", qname: "ai.example.canned.f", signature: SIGNATURE };
const AGGREGATE = {
  kind: "aggregate",
  qname: "ai.example.canned.a",
  signature: SIGNATURE,
  state: { kind: "primitive", arrow: "binary" },
};
const PROCEDURE = {
  kind: "procedure",
  qname: "ai.example.canned.p",
  args: [FLOAT64],
  yields: [FLOAT64],
};
const manifest = manifestOf({ capabilities: CAPABILITIES });
const registering = (...entries: object[]) => ({ manifest, register: JSON.stringify({ entries }) });

const place = (lat: number, lon: number, k: number): RecordBatch =>
  batchOf([[lat], new Float64()], [[lon], new Float64()], [[k], new Int32()]);

async function collect(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

describe("a component with scalar functions and a procedure", () => {
  it("has both, and the procedure's rows agree with the function", async () => {
    const { plugin, registry, scalar } = await loadBuilt("geo");
    const nearest = registry.procedure("ai.example.geo.nearest");
    const batches = await collect(nearest.invoke(place(47.37, 8.54, 20)));
    expect(batches.length).toBeGreaterThan(1);
    const rows = new Table(batches).toArray().map((row) => row.toJSON());
    expect(rows).toHaveLength(20);
    expect(rows[0]?.yield0).toBe("Zürich");
    const column = (name: string) => rows.map((row) => row[name] as number);
    const km = column("yield3");
    expect(km).toEqual(km.toSorted((a, b) => a - b));
    const here = (value: number) => rows.map(() => value);
    const again = doubles(here(47.37), here(8.54), column("yield1"), column("yield2"));
    for (const [i, distance] of [...scalar("haversine").invokeSync(again)].entries()) {
      expect(km[i]).toBeCloseTo(distance, 9);
    }
    expect(plugin.pool.metrics.live).toBe(0);
  });

  it("gives no batch where there is nothing to give, and reports what it cannot do", async () => {
    const { registry } = await loadBuilt("geo");
    const nearest = registry.procedure("ai.example.geo.nearest");
    expect(nearest.invokeSync(place(0, 0, 0))).toEqual([]);
    await expect(collect(nearest.invoke(place(0, 0, -1)))).rejects.toMatchObject({ fnCode: 2 });
  });
});

describe("stats", () => {
  const VALUES = Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 100 + i / 7);
  const WEIGHTS = VALUES.map((_, i) => 1 + (i % 5));
  const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0);
  const MEAN = total(VALUES.map((x, i) => x * (WEIGHTS[i] ?? 0))) / total(WEIGHTS);
  const part = (from: number, to: number) =>
    doubles(VALUES.slice(from, to), WEIGHTS.slice(from, to));

  async function loadStats() {
    const registry = new PluginRegistry();
    const plugin = await sharedLoader.load(readComponent("stats"), { registry });
    return { plugin, aggregate: (name: string) => registry.aggregate(`ai.example.stats.${name}`) };
  }

  it("aggregates rows that came in many batches, and merged groups, to the same", async () => {
    const { plugin, aggregate } = await loadStats();
    const group = aggregate("weighted_mean").createAccumulator();
    const states = [];
    for (let i = 0; i < 1000; i += 300) {
      await group.update(part(i, i + 300));
      const partial = aggregate("weighted_mean").createAccumulator();
      partial.updateSync(part(i, i + 300));
      states.push(partial.state());
    }
    expect(await group.evaluate()).toBeCloseTo(MEAN, 8);
    const merged = aggregate("weighted_mean").createAccumulator();
    await merged.merge(states);
    expect(merged.evaluateSync()).toBeCloseTo(MEAN, 8);
    expect(plugin.pool.metrics).toMatchObject({ live: 0, exhausted: 0, hits: 0 });
  });

  it("of nothing is null, and a step that fails leaves the state", async () => {
    const { aggregate } = await loadStats();
    const group = aggregate("weighted_mean").createAccumulator();
    expect(await group.evaluate()).toBeNull();
    await group.update(doubles([2], [1]));
    await expect(group.merge([Uint8Array.of(1, 2, 3)])).rejects.toMatchObject({ name: "FnError" });
    expect(await group.evaluate()).toBe(2);
  });
});

describe("a component with all three surfaces", () => {
  const answer = encodeBatch(doubles([42]));
  const guest = {
    ...registering(SCALAR, AGGREGATE, PROCEDURE),
    functions: {
      "invoke-scalar": { kind: "echo" },
      "agg-new": { kind: "output", bytes: Uint8Array.of(1) },
      "agg-update": { kind: "echo" },
      "agg-merge": { kind: "echo" },
      "agg-evaluate": { kind: "output", bytes: answer },
      "invoke-procedure": {
        kind: "output",
        bytes: encodeBatches([doubles([1, 2]), doubles([3])]),
      },
    },
  } as const;

  it("answers through each of them", async () => {
    const plugin = await sharedLoader.load(await cannedComponent(guest));
    expect([...(plugin.scalars[0]?.invokeSync(ONE) ?? [])]).toEqual([1]);
    const group = plugin.aggregates[0]?.createAccumulator();
    await group?.update(doubles([1, 2]));
    // The guest answers with its last argument, so the state is now the batch alone.
    expect([...(group?.state().subarray(0, 4) ?? [])]).toEqual([0xff, 0xff, 0xff, 0xff]);
    expect(await group?.evaluate()).toBe(42);
    const batches = plugin.procedures[0]?.invokeSync(ONE) ?? [];
    expect(batches.map((batch) => [...(batch.getChild("yield0") ?? [])])).toEqual([[1, 2], [3]]);
  });

  it("is refused for answers of another shape than its registration", async () => {
    const bytes = encodeBatch(batchOf([["x", "y"], new Utf8()]));
    const output = { kind: "output", bytes } as const;
    const functions = { ...guest.functions, "agg-evaluate": output, "invoke-procedure": output };
    const plugin = await sharedLoader.load(await cannedComponent({ ...guest, functions }));
    await expect(plugin.aggregates[0]?.createAccumulator().evaluate()).rejects.toMatchObject({
      code: "OUTPUT_DECODE",
    });
    expect(() => plugin.procedures[0]?.invokeSync(ONE)).toThrow(
      /returned columns \(Utf8\); its registration says \(Float64\)/,
    );
  });
});

describe("a component that registers what it does not export", () => {
  const cases = [
    [SCALAR, "invoke-scalar"],
    [AGGREGATE, "agg-new, agg-update, agg-merge, agg-evaluate"],
    [PROCEDURE, "invoke-procedure"],
  ] as const;
  for (const [entry, names] of cases) {
    it(`is refused, naming the functions of the ${entry.kind}`, async () => {
      const error = await cannedRefusal(registering(entry));
      expect(error).toMatchObject({
        code: "MANIFEST_INVALID",
        message: `the plugin registers functions that it does not export: ${names}`,
      });
    });
  }

  it("is refused for the one that is missing of four", async () => {
    const echo = { kind: "echo" } as const;
    const error = await cannedRefusal({
      ...registering(AGGREGATE),
      functions: { "agg-new": echo, "agg-update": echo, "agg-evaluate": echo },
    });
    expect(error.message).toMatch(/does not export: agg-merge$/);
  });

  it("may export functions of surfaces that it does not register", async () => {
    const component = await cannedComponent({
      register: registrationOf(),
      functions: { "invoke-scalar": { kind: "echo" }, "invoke-procedure": { kind: "trap" } },
    });
    const plugin = await sharedLoader.load(component);
    expect([plugin.scalars.length, plugin.procedures.length]).toEqual([1, 0]);
  });
});
