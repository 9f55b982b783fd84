import { AggregationTemporality } from "@opentelemetry/sdk-metrics";
import { describe, expect, it } from "vitest";
import { gate, loadAsking, loadCanned, one } from "./plugins.ts";
import { amount, type Point, Telemetry } from "./telemetry.ts";

const { CUMULATIVE, DELTA } = AggregationTemporality;
const CANNED = { "uni.plugin.id": "ai.example.canned", "uni.plugin.version": "1.0.0" };
const state = ({ attributes, value }: Point) => [attributes["uni.plugin.guest.state"], value];

describe("the pool of a plugin", () => {
  it("reports guests by state, its cap, and the calls that wait", async () => {
    await using telemetry = new Telemetry();
    const { held, letGo } = gate();
    await using plugin = await loadAsking(() => held, { pool: { maxInstances: 2 } });
    const calls = [1, 2, 3].map(() => plugin.call.invoke(one));
    const counts = await telemetry.points("uni.plugin.guest.count");
    expect(counts.map(state)).toEqual([
      ["used", 2],
      ["idle", 0],
    ]);
    const max = await telemetry.points("uni.plugin.guest.max");
    expect(max).toEqual([{ attributes: CANNED, value: 2 }]);
    expect((await telemetry.points("uni.plugin.guest.pending_requests")).map(amount)).toEqual([1]);
    letGo();
    await Promise.all(calls);
    expect((await telemetry.points("uni.plugin.guest.count")).map(state)).toEqual([
      ["used", 0],
      ["idle", 0],
    ]);
    expect((await telemetry.points("uni.plugin.guest.pending_requests")).map(amount)).toEqual([0]);
  });

  it("has its guests that were built ahead as idle ones", async () => {
    await using telemetry = new Telemetry();
    await using _plugin = await loadCanned(
      { kind: "trap" },
      { spares: 1 },
      { isolation: "inline" },
    );
    await expect
      .poll(async () => (await telemetry.points("uni.plugin.guest.count")).map(state))
      .toEqual([
        ["used", 0],
        ["idle", 1],
      ]);
  });

  it("that has no room refuses a call, which counts as a failure", async () => {
    await using telemetry = new Telemetry();
    const { held, letGo } = gate();
    const limits = { queuedCalls: 1 };
    await using plugin = await loadAsking(() => held, { limits, pool: { maxInstances: 1 } });
    const taken = [plugin.call.invoke(one), plugin.call.invoke(one)];
    const code = "RESOURCE_LIMIT";
    await expect(plugin.call.invoke(one)).rejects.toMatchObject({ code });
    letGo();
    await Promise.all(taken);
    const points = await telemetry.points("uni.plugin.call.duration");
    const errors = points.map((point) => [point.attributes["error.type"], amount(point)]);
    expect(errors).toEqual(expect.arrayContaining([[code, 1]]));
  });

  it("is one of all plugins of its name and version", async () => {
    await using telemetry = new Telemetry();
    await using _first = await loadCanned({ kind: "trap" }, { pool: { maxInstances: 2 } });
    await using _second = await loadCanned({ kind: "trap" }, { pool: { maxInstances: 3 } });
    const max = await telemetry.points("uni.plugin.guest.max");
    expect(max).toEqual([{ attributes: CANNED, value: 5 }]);
  });

  it.each([
    ["cumulative", CUMULATIVE],
    ["delta", DELTA],
  ])(
    "has neither guests nor room for any once its plugin is closed (%s)",
    async (_, temporality) => {
      await using telemetry = new Telemetry(temporality);
      await using plugin = await loadCanned({ kind: "trap" });
      const sum = async (name: string) =>
        (await telemetry.points(name)).reduce((total, point) => total + (amount(point) ?? 0), 0);
      expect(await sum("uni.plugin.guest.max")).toBe(4);
      await plugin.close();
      const sums = [await sum("uni.plugin.guest.max"), await sum("uni.plugin.guest.count")];
      // A difference, where differences are exported.
      expect(sums).toEqual([temporality === DELTA ? -4 : 0, 0]);
    },
  );
});
