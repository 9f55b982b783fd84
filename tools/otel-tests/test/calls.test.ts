import { SpanStatusCode } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { gate, geo, loadAsking, loadCanned, one, places } from "./plugins.ts";
import { amount, Telemetry } from "./telemetry.ts";

const HAVERSINE = {
  "uni.plugin.id": "ai.example.geo",
  "uni.plugin.version": "1.0.0",
  "uni.function.name": "ai.example.geo.haversine",
  "uni.function.surface": "scalar",
};
const CANNED = { "uni.plugin.id": "ai.example.canned", "uni.plugin.version": "1.0.0" };
const F = {
  ...CANNED,
  "uni.function.name": "ai.example.canned.f",
  "uni.function.surface": "scalar",
};

const ways = Object.entries(geo).flatMap(([format, load]) =>
  (["thread", "inline"] as const).map((isolation) => ({ format, isolation, load })),
);

describe("a call", () => {
  it.each(ways)(
    "of a plugin of the format $format, $isolation, is a span and in the metrics",
    async ({ load, isolation }) => {
      await using telemetry = new Telemetry();
      await using plugin = await load({ isolation });
      await plugin.call.invoke(places);
      plugin.call.invokeSync(places);
      const spans = telemetry.spans.filter(({ name }) => name === "call ai.example.geo.haversine");
      expect(spans.map(({ status }) => status)).toEqual(
        Array(2).fill({ code: SpanStatusCode.UNSET }),
      );
      for (const { attributes } of spans) {
        expect(attributes).toMatchObject({ ...HAVERSINE, "uni.call.rows": 2 });
        const { "uni.call.input.size": input, "uni.call.output.size": output } = attributes;
        expect([Number(input) > 64, Number(output) > 16]).toEqual([true, true]);
      }
      const sizes = (name: string) =>
        spans.reduce((sum, { attributes }) => sum + Number(attributes[name]), 0);
      const direction = "uni.call.io.direction";
      expect(await telemetry.points("uni.plugin.call.io")).toEqual([
        { attributes: { ...HAVERSINE, [direction]: "in" }, value: sizes("uni.call.input.size") },
        { attributes: { ...HAVERSINE, [direction]: "out" }, value: sizes("uni.call.output.size") },
      ]);
      for (const name of ["call.duration", "call.encode_time", "call.decode_time"]) {
        const points = await telemetry.points(`uni.plugin.${name}`);
        expect(points.map((point) => [point.attributes, amount(point)])).toEqual([[HAVERSINE, 2]]);
      }
      for (const name of ["wait_time", "create_time", "use_time"]) {
        const points = await telemetry.points(`uni.plugin.guest.${name}`);
        expect(points.map(amount)).toEqual([2]);
      }
    },
  );

  it.each([
    ["TRAP", { kind: "trap" }],
    ["TIMEOUT", { kind: "loop" }],
    ["FN_ERROR", { kind: "fail", status: 3, message: "row 7 is 4711" }],
    ["IPC", { kind: "output", bytes: Uint8Array.of(1, 2, 3) }],
  ] as const)(
    "that fails with %s is a span with this error, and counted by it",
    async (code, what) => {
      await using telemetry = new Telemetry();
      await using plugin = await loadCanned(what);
      await expect(plugin.call.invoke(one, { timeoutMs: 2_000 })).rejects.toMatchObject({ code });
      const [span] = telemetry.spans.filter(({ name }) => name.startsWith("call"));
      expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
      expect(span?.attributes).toMatchObject({ ...F, "error.type": code });
      const points = await telemetry.points("uni.plugin.call.duration");
      expect(points.map((point) => [point.attributes, amount(point)])).toEqual([
        [{ ...F, "error.type": code }, 1],
      ]);
      // What a function says of itself may have data in it.
      expect(JSON.stringify([span?.attributes, span?.events])).not.toContain("4711");
      expect(await telemetry.points("uni.plugin.guest.timeouts")).toEqual([]);
    },
  );

  it("that its caller got wrong has the conventions' word for an error without a code", async () => {
    await using telemetry = new Telemetry();
    await using plugin = await loadCanned({ kind: "trap" });
    await expect(plugin.call.invoke(one, { timeoutMs: -1 })).rejects.toThrow(TypeError);
    const [span] = telemetry.spans.filter(({ name }) => name.startsWith("call"));
    expect(span?.attributes).toMatchObject({ "error.type": "_OTHER" });
  });

  it("that waited too long for a guest is a timeout of the pool", async () => {
    await using telemetry = new Telemetry();
    const { held, letGo } = gate();
    await using plugin = await loadAsking(() => held, { pool: { maxInstances: 1 } });
    const first = plugin.call.invoke(one);
    const late = plugin.call.invoke(one, { timeoutMs: 50 });
    await expect(late).rejects.toMatchObject({ code: "TIMEOUT" });
    letGo();
    await first;
    expect(await telemetry.points("uni.plugin.guest.timeouts")).toEqual([
      { attributes: CANNED, value: 1 },
    ]);
    const waited = await telemetry.points("uni.plugin.guest.wait_time");
    const used = await telemetry.points("uni.plugin.guest.use_time");
    expect([waited, used].map(([point]) => amount(point))).toEqual([2, 1]);
  });

  it("has all its times in seconds, and sizes in bytes", async () => {
    await using telemetry = new Telemetry();
    await using plugin = await loadCanned({ kind: "trap" });
    await expect(plugin.call.invoke(one)).rejects.toThrow();
    const units = await telemetry.units();
    expect(units).toMatchObject({
      "uni.plugin.call.duration": "s",
      "uni.plugin.guest.wait_time": "s",
      "uni.plugin.guest.use_time": "s",
      "uni.plugin.load.duration": "s",
      "uni.plugin.call.io": "By",
    });
    const [span] = telemetry.spans.filter(({ name }) => name.startsWith("call"));
    const [point] = await telemetry.points("uni.plugin.guest.use_time");
    const { value } = point ?? {};
    expect(typeof value === "object" && value.sum).toBe(span?.attributes["uni.call.use_time"]);
  });
});
