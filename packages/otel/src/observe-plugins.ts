import {
  type Context,
  type MeterProvider,
  metrics,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import { refuseUnknown } from "@uni/plugin";
import { recordCalls } from "./call-metrics.ts";
import { recordLoads } from "./load-metrics.ts";
import { together } from "./on-channel.ts";
import { PluginSpans } from "./plugin-spans.ts";
import { reportPools } from "./pool-metrics.ts";
import { reportThreads } from "./thread-metrics.ts";
import { traceparentOf } from "./traceparent-of.ts";

/** Whom plugins are reported to: what is registered globally unless said. */
export interface ObserveOptions {
  readonly meterProvider?: MeterProvider | undefined;
  readonly tracerProvider?: TracerProvider | undefined;
}

/** Plugins are observed until this is disposed. */
export interface PluginObservation extends Disposable {
  /**
   * The context of the plugin's call or load that is under way here, with its span; elsewhere the
   * active one. For spans of host functions.
   */
  context(): Context;
  /** The W3C `traceparent` of that context, for the loader's option of this name. */
  readonly traceparent: () => string | undefined;
}

const OPTIONS: readonly (keyof ObserveOptions)[] = ["meterProvider", "tracerProvider"];

/**
 * Makes metrics and spans of what the plugins of this thread do from now on, whatever their loaders.
 * Pools are seen of plugins that are loaded later, and threads that are started later.
 *
 * @throws TypeError for an option that is unknown.
 *
 * @example
 * ```ts
 * using observation = observePlugins();
 * const loader = new ExtismLoader({ traceparent: observation.traceparent });
 * ```
 */
export function observePlugins(options: ObserveOptions = {}): PluginObservation {
  refuseUnknown(options, OPTIONS, "option of observePlugins");
  const meter = (options.meterProvider ?? metrics.getMeterProvider()).getMeter("@uni/otel");
  const tracer = (options.tracerProvider ?? trace.getTracerProvider()).getTracer("@uni/otel");
  const spans = new PluginSpans(tracer);
  const metered = [recordCalls, recordLoads, reportPools, reportThreads].map((each) => each(meter));
  const stop = together([...metered, () => spans[Symbol.dispose]()]);
  return {
    context: () => spans.context,
    traceparent: () => traceparentOf(spans.context),
    [Symbol.dispose]: stop,
  };
}
