import { cannedExtismGuest, readFixture } from "@uni/fixtures";
import { FLOAT64 } from "@uni/loader-tests";
import { type AggregateFunction, PluginRegistry, type PrimitiveName } from "@uni/plugin";
import { encodeBatch } from "@uni/wasm-rt";
import { type DataType, DateMillisecond, TimestampMillisecond, Utf8 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { columns } from "./doubles.ts";

async function loadStats(pool = {}) {
  const registry = new PluginRegistry();
  const plugin = await new ExtismLoader().load(readFixture("stats"), { registry, pool });
  return { plugin, aggregate: (name: string) => registry.aggregate(`ai.example.stats.${name}`) };
}

const VALUES = Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 100 + i / 7);
const WEIGHTS = VALUES.map((_, i) => 1 + (i % 5));
const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0);
const MEAN = total(VALUES.map((x, i) => x * (WEIGHTS[i] ?? 0))) / total(WEIGHTS);
const VARIANCE = total(VALUES.map((x, i) => (WEIGHTS[i] ?? 0) * (x - MEAN) ** 2)) / total(WEIGHTS);

const part = (from: number, to: number) =>
  columns({ value: VALUES.slice(from, to), weight: WEIGHTS.slice(from, to) });

describe("an aggregate", () => {
  it("gives one value for rows that came in many batches", async () => {
    const { plugin, aggregate } = await loadStats();
    for (const [name, expected] of [
      ["weighted_mean", MEAN],
      ["weighted_variance", VARIANCE],
    ] as const) {
      const group = aggregate(name).createAccumulator();
      for (let i = 0; i < 1000; i += 300) await group.update(part(i, i + 300));
      expect(await group.evaluate()).toBeCloseTo(expected, 8);
      const waiting = aggregate(name).createAccumulator();
      for (let i = 0; i < 1000; i += 300) waiting.updateSync(part(i, i + 300));
      expect(waiting.evaluateSync()).toBeCloseTo(expected, 8);
    }
    expect(plugin.pool.metrics.live).toBe(0);
  });

  it("is the same from one group as from the states of many, merged", async () => {
    const { aggregate } = await loadStats();
    const variance = aggregate("weighted_variance");
    const states = [];
    for (let i = 0; i < 1000; i += 250) {
      const group = variance.createAccumulator();
      group.updateSync(part(i, i + 250));
      states.push(group.state());
    }
    const [first, ...others] = states;
    if (first === undefined) throw new Error("four states");
    const merged = variance.createAccumulator();
    await merged.merge([first]);
    await merged.merge(others);
    await merged.merge([]);
    expect(await merged.evaluate()).toBeCloseTo(VARIANCE, 8);
    const again = variance.createAccumulator();
    again.mergeSync(states);
    expect(again.evaluateSync()).toBeCloseTo(VARIANCE, 8);
  });

  it("of nothing is null, and more may follow after its value was asked for", async () => {
    const { aggregate } = await loadStats();
    const group = aggregate("weighted_mean").createAccumulator();
    expect(await group.evaluate()).toBeNull();
    await group.update(columns({ value: [2], weight: [1] }));
    expect(await group.evaluate()).toBe(2);
    await group.update(columns({ value: [4], weight: [1] }));
    expect(await group.evaluate()).toBe(3);
  });

  it("agrees with an interpolated quantile of the sorted values", async () => {
    const { aggregate } = await loadStats();
    const group = aggregate("quantile").createAccumulator();
    const q = 0.37;
    group.updateSync(columns({ value: VALUES, q: VALUES.map(() => q) }));
    const sorted = VALUES.toSorted((a, b) => a - b);
    const at = q * (sorted.length - 1);
    const low = sorted[Math.floor(at)] ?? 0;
    const expected = low + (at % 1) * ((sorted[Math.ceil(at)] ?? 0) - low);
    expect(group.evaluateSync()).toBeCloseTo(expected, 9);
  });

  it("takes the steps of a group in the order in which they were asked for", async () => {
    const { aggregate } = await loadStats();
    const group = aggregate("weighted_mean").createAccumulator();
    const first = group.update(columns({ value: [10], weight: [1] }));
    const early = group.evaluate();
    const second = group.update(columns({ value: [20], weight: [1] }));
    const late = group.evaluate();
    expect([await early, await late]).toEqual([10, 15]);
    await Promise.all([first, second]);
  });

  it("refuses a synchronous step while asynchronous ones are under way", async () => {
    const { aggregate } = await loadStats();
    const group = aggregate("weighted_mean").createAccumulator();
    const step = group.update(part(0, 10));
    expect(() => group.updateSync(part(0, 10))).toThrow(expect.objectContaining({ code: "BUSY" }));
    expect(() => group.evaluateSync()).toThrow(/1 asynchronous steps/);
    await step;
    expect(group.evaluateSync()).toBeTypeOf("number");
  });

  it("keeps its state where a step fails", async () => {
    const { aggregate } = await loadStats();
    const group = aggregate("weighted_mean").createAccumulator();
    await group.update(columns({ value: [2], weight: [1] }));
    await expect(group.merge([Uint8Array.of(1, 2, 3)])).rejects.toMatchObject({ name: "FnError" });
    expect(() => group.mergeSync([Uint8Array.of(1, 2, 3)])).toThrow();
    await expect(group.update(columns({ value: ["x"] }, new Utf8()))).rejects.toMatchObject({
      code: "ARGUMENTS_INVALID",
    });
    expect(await group.evaluate()).toBe(2);
  });

  it("has as many groups as calls may wait, under a cap of 4, and none is refused", async () => {
    const { plugin, aggregate } = await loadStats({ maxInstances: 4 });
    const mean = aggregate("weighted_mean");
    const groups = Array.from({ length: 1000 }, () => mean.createAccumulator());
    await Promise.all(
      groups.map((group, i) => group.update(columns({ value: [i, i + 2], weight: [1, 1] }))),
    );
    const means = await Promise.all(groups.map((group) => group.evaluate()));
    expect(means).toEqual(groups.map((_, i) => i + 1));
    expect(plugin.pool.metrics).toMatchObject({ live: 0, exhausted: 0 });
  }, 60_000);

  it("gives a state that its receiver may change", async () => {
    const { aggregate } = await loadStats();
    const group = aggregate("weighted_mean").createAccumulator();
    await group.update(columns({ value: [2], weight: [1] }));
    group.state().fill(0xff);
    expect(await group.evaluate()).toBe(2);
  });
});

describe("an aggregate that answers wrongly", () => {
  const step = (bytes: Uint8Array) => ({ kind: "output", bytes }) as const;

  async function evaluating(
    answer: Uint8Array,
    returns: object = FLOAT64,
  ): Promise<AggregateFunction> {
    const stem = "agg_ai_example_canned_f";
    const entry = {
      kind: "aggregate",
      qname: "ai.example.canned.f",
      signature: { args: [FLOAT64], returns },
      state: { kind: "primitive", arrow: "binary" },
    };
    const bytes = await cannedExtismGuest({
      manifest: JSON.stringify({
        id: "ai.example.canned",
        version: "1.0.0",
        capabilities: ["aggregate-fn"],
      }),
      register: JSON.stringify({ entries: [entry] }),
      functions: {
        [`${stem}_new`]: step(Uint8Array.of(1)),
        [`${stem}_update`]: { kind: "echo" },
        [`${stem}_merge`]: { kind: "echo" },
        [`${stem}_evaluate`]: step(answer),
      },
    });
    const [aggregate] = (await new ExtismLoader().load(bytes)).aggregates;
    if (aggregate === undefined) throw new Error("one aggregate");
    return aggregate;
  }

  it("is refused for two rows, another type, and what is not Arrow", async () => {
    const cases: [Uint8Array, string, RegExp][] = [
      [
        encodeBatch(columns({ r: [1, 2] })),
        "OUTPUT_DECODE",
        /2 rows; an aggregate evaluates to one row/,
      ],
      [encodeBatch(columns({ r: ["x"] }, new Utf8())), "OUTPUT_DECODE", /type Utf8/],
      [Uint8Array.of(1, 2, 3), "IPC", /Arrow IPC stream/],
    ];
    for (const [answer, code, message] of cases) {
      const group = (await evaluating(answer)).createAccumulator();
      await expect(group.evaluate()).rejects.toMatchObject({ code });
      expect(() => group.evaluateSync()).toThrow(message);
    }
  });

  const DATES: readonly (readonly [PrimitiveName, DataType])[] = [
    ["date64", new DateMillisecond()],
    ["timestamp_ms", new TimestampMillisecond()],
  ];
  it.each(DATES)("is refused for a %s that no number holds", async (arrow, type) => {
    const group = async (milliseconds: bigint) => {
      const answer = encodeBatch(columns({ r: [milliseconds] }, type));
      return (await evaluating(answer, { kind: "primitive", arrow })).createAccumulator();
    };
    const last = BigInt(Number.MAX_SAFE_INTEGER);
    expect((await group(last)).evaluateSync()).toBe(Number.MAX_SAFE_INTEGER);
    expect((await group(-last)).evaluateSync()).toBe(Number.MIN_SAFE_INTEGER);
    for (const beyond of [last + 1n, -last - 1n, 2n ** 63n - 1n]) {
      const refused = await group(beyond);
      // Arrow would throw a TypeError of its own, which names no plugin.
      const error = { name: "ExtismError", code: "IPC", cause: { rule: "instant-range" } };
      await expect(refused.evaluate()).rejects.toMatchObject(error);
      expect(() => refused.evaluateSync()).toThrow(/^ai\.example\.canned\.f: /);
    }
  });

  it("passes state and batch in the contract's envelope", async () => {
    const group = (await evaluating(new Uint8Array())).createAccumulator();
    await group.update(columns({ x: [1] }));
    // The guest echoes its input, so the state is the envelope of the first state and the batch.
    const state = group.state();
    expect([...state.subarray(0, 5)]).toEqual([1, 0, 0, 0, 1]);
    expect([...state.subarray(5, 9)]).toEqual([0xff, 0xff, 0xff, 0xff]);
  });

  it("wants every one of its exports, and the capability", async () => {
    const entry = {
      kind: "aggregate",
      qname: "ai.example.canned.f",
      signature: { args: [FLOAT64], returns: FLOAT64 },
      state: { kind: "primitive", arrow: "binary" },
    };
    const register = JSON.stringify({ entries: [entry] });
    const manifest = (capabilities: string[]) =>
      JSON.stringify({ id: "ai.example.canned", version: "1.0.0", capabilities });
    const load = async (capabilities: string[]) =>
      new ExtismLoader().load(
        await cannedExtismGuest({ register, manifest: manifest(capabilities) }),
      );
    await expect(load(["aggregate-fn"])).rejects.toThrow(
      /agg_ai_example_canned_f_new, agg_ai_example_canned_f_update, agg_ai_example_canned_f_merge, agg_ai_example_canned_f_evaluate/,
    );
  });
});
