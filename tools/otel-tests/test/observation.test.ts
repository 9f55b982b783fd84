import { channel } from "node:diagnostics_channel";
import { SpanStatusCode } from "@opentelemetry/api";
import { ExtismLoader } from "@uni/loader-extism";
import { observePlugins } from "@uni/otel";
import type { ChannelPayloads } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { loadCanned, one } from "./plugins.ts";
import { amount, Telemetry } from "./telemetry.ts";

const CHANNELS: readonly (keyof ChannelPayloads)[] = [
  "uni:call:start",
  "uni:call:end",
  "uni:load:start",
  "uni:load:end",
  "uni:plugin:end",
  "uni:thread:start",
  "uni:thread:end",
];
const listenedTo = () => CHANNELS.filter((name) => channel(name).hasSubscribers);

describe("an observation", () => {
  it("leaves no listener once it is disposed, and no metric", async () => {
    expect(listenedTo()).toEqual([]);
    await using telemetry = new Telemetry();
    await using plugin = await loadCanned({ kind: "trap" });
    expect(listenedTo()).toEqual(CHANNELS);
    telemetry.observation[Symbol.dispose]();
    expect(listenedTo()).toEqual([]);
    await expect(plugin.call.invoke(one)).rejects.toThrow();
    expect(telemetry.spans.filter(({ name }) => name.startsWith("call"))).toEqual([]);
    expect(await telemetry.points("uni.plugin.call.duration")).toEqual([]);
    expect(await telemetry.points("uni.plugin.guest.count")).toEqual([]);
    expect(await telemetry.points("uni.guest_thread.count")).toEqual([]);
  });

  it("that ends before a call does leaves the call alone", async () => {
    await using telemetry = new Telemetry();
    await using plugin = await loadCanned({ kind: "trap" });
    const call = plugin.call.invoke(one);
    telemetry.observation[Symbol.dispose]();
    await expect(call).rejects.toMatchObject({ code: "TRAP" });
  });

  it("goes to the global providers where none are given, and works without any", async () => {
    using observation = observePlugins();
    await using plugin = await loadCanned({ kind: "trap" });
    await expect(plugin.call.invoke(one)).rejects.toMatchObject({ code: "TRAP" });
    expect(observation.traceparent()).toBeUndefined();
  });

  it("refuses options that it does not know", () => {
    // A caller in JavaScript can pass anything.
    const misspelt: object = { meter: undefined };
    expect(() => observePlugins(misspelt)).toThrow(/unknown option of observePlugins "meter"/);
    expect(listenedTo()).toEqual([]);
  });
});

describe("a load", () => {
  it("is a span and in the metrics, with the plugin that it was of", async () => {
    await using telemetry = new Telemetry();
    await using _plugin = await loadCanned({ kind: "trap" });
    const attributes = {
      "uni.plugin.abi_field": "abi-extism",
      "uni.plugin.id": "ai.example.canned",
      "uni.plugin.version": "1.0.0",
    };
    const [span] = telemetry.spans;
    expect(span).toMatchObject({ name: "load plugin", status: { code: SpanStatusCode.UNSET } });
    expect(span?.attributes).toEqual(attributes);
    const points = await telemetry.points("uni.plugin.load.duration");
    expect(points.map((point) => [point.attributes, amount(point)])).toEqual([[attributes, 1]]);
  });

  it("that fails says with what", async () => {
    await using telemetry = new Telemetry();
    const code = "INVALID_PLUGIN";
    await expect(new ExtismLoader().load(Uint8Array.of(1))).rejects.toMatchObject({ code });
    const attributes = { "uni.plugin.abi_field": "abi-extism", "error.type": code };
    expect(telemetry.spans.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR]);
    expect(telemetry.spans[0]?.attributes).toEqual(attributes);
    const points = await telemetry.points("uni.plugin.load.duration");
    expect(points.map((point) => point.attributes)).toEqual([attributes]);
  });
});

describe("guest threads", () => {
  it("are counted while they are there, and when they end by why", async () => {
    await using telemetry = new Telemetry();
    const plugin = await loadCanned({ kind: "loop" });
    expect((await telemetry.points("uni.guest_thread.count")).map(amount)).toEqual([1]);
    await expect(plugin.call.invoke(one, { timeoutMs: 500 })).rejects.toThrow();
    await plugin.close();
    expect((await telemetry.points("uni.guest_thread.count")).map(amount)).toEqual([0]);
    const ends = await telemetry.points("uni.guest_thread.ends");
    expect(ends.map(({ attributes }) => attributes)).toEqual([
      { "uni.guest_thread.end.reason": "ended" },
    ]);
  });
});
