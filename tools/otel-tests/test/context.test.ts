import { context, trace } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { loadAsking, loadCanned, loadTracing, one } from "./plugins.ts";
import { Telemetry } from "./telemetry.ts";

const CALL = "call ai.example.canned.f";

describe("the span of a call", () => {
  it("is a child of what is active where the call is made", async () => {
    await using telemetry = new Telemetry();
    await using plugin = await loadCanned({ kind: "trap" });
    const parent = telemetry.tracerProvider.getTracer("app").startSpan("query");
    const within = trace.setSpan(context.active(), parent);
    await context.with(within, () => expect(plugin.call.invoke(one)).rejects.toThrow());
    await expect(plugin.call.invoke(one)).rejects.toThrow();
    const parents = telemetry.spans
      .filter(({ name }) => name === CALL)
      .map(({ parentSpanContext }) => parentSpanContext?.spanId);
    expect(parents).toEqual([parent.spanContext().spanId, undefined]);
  });

  it("is what a plugin gets as the host's traceparent", async () => {
    await using telemetry = new Telemetry();
    await using plugin = await loadTracing(telemetry.observation.traceparent);
    const answer = [...(await plugin.call.invoke(one))];
    const [span] = telemetry.spans.filter(({ name }) => name.startsWith("call"));
    const { traceId, spanId } = span?.spanContext() ?? {};
    expect(answer).toEqual([`00-${traceId}-${spanId}-01`]);
    expect(telemetry.observation.traceparent()).toBeUndefined();
  });

  it("is the parent of what a host function does, and of calls that it makes", async () => {
    await using telemetry = new Telemetry();
    const tracer = telemetry.tracerProvider.getTracer("app");
    await using inner = await loadCanned({ kind: "trap" });
    await using outer = await loadAsking(async () => {
      tracer.startSpan("lookup", {}, telemetry.observation.context()).end();
      await expect(inner.call.invoke(one)).rejects.toThrow();
    });
    await outer.call.invoke(one);
    const names = new Map(telemetry.spans.map((span) => [span.spanContext().spanId, span]));
    const parentOf = (name: string) => {
      const child = telemetry.spans.find((span) => span.name === name);
      return names.get(child?.parentSpanContext?.spanId ?? "");
    };
    expect(parentOf("lookup")?.name).toBe(CALL);
    expect(parentOf("lookup")?.attributes).not.toHaveProperty("error.type");
    // The first call that ended is the one within.
    expect(parentOf(CALL)).toBe(parentOf("lookup"));
  });

  it("gives way to what a host function makes active within it", async () => {
    await using telemetry = new Telemetry();
    const tracer = telemetry.tracerProvider.getTracer("app");
    const lookup = tracer.startSpan("lookup");
    let seen: string | undefined;
    await using plugin = await loadAsking(() => {
      const within = trace.setSpan(telemetry.observation.context(), lookup);
      context.with(within, () => {
        seen = telemetry.observation.traceparent();
      });
    });
    await plugin.call.invoke(one);
    expect(seen).toContain(lookup.spanContext().spanId);
  });
});
