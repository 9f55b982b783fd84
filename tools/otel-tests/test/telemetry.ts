import { type Attributes, context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { observePlugins, type PluginObservation } from "@uni/otel";

/** A point of a metric: a number, or what a histogram has of its values. */
export interface Point {
  readonly attributes: Attributes;
  readonly value: number | { readonly count: number; readonly sum: number };
}

/** Plugins that are observed, and what came of it. */
export class Telemetry implements AsyncDisposable {
  readonly observation: PluginObservation;
  readonly tracerProvider: BasicTracerProvider;
  readonly #meterProvider: MeterProvider;
  readonly #metrics: InMemoryMetricExporter;
  readonly #spans = new InMemorySpanExporter();

  constructor(temporality: AggregationTemporality = AggregationTemporality.CUMULATIVE) {
    this.#metrics = new InMemoryMetricExporter(temporality);
    const exporter = this.#metrics;
    // It is asked for metrics, and never sends them by itself within a test.
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    this.#meterProvider = new MeterProvider({ readers: [reader] });
    this.tracerProvider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(this.#spans)],
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    this.observation = observePlugins({
      meterProvider: this.#meterProvider,
      tracerProvider: this.tracerProvider,
    });
  }

  get spans(): readonly ReadableSpan[] {
    return this.#spans.getFinishedSpans();
  }

  /** The points of a metric as they are now; none where there is no such metric. */
  async points(name: string): Promise<readonly Point[]> {
    return (await this.#collected())
      .filter((one) => one.name === name)
      .flatMap((one) => one.points);
  }

  /** The names and units of all metrics. */
  async units(): Promise<Readonly<Record<string, string>>> {
    return Object.fromEntries((await this.#collected()).map(({ name, unit }) => [name, unit]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.observation[Symbol.dispose]();
    context.disable();
    await Promise.all([this.#meterProvider.shutdown(), this.tracerProvider.shutdown()]);
  }

  async #collected() {
    this.#metrics.reset();
    await this.#meterProvider.forceFlush();
    return this.#metrics.getMetrics().flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) =>
        metrics.map(({ descriptor: { name, unit }, dataPoints }) => ({
          ...{ name, unit },
          points: dataPoints.map(({ attributes, value }): Point => {
            if (typeof value === "number") return { attributes, value };
            if (!("sum" in value)) throw new Error(`${name} is no histogram of explicit buckets`);
            return { attributes, value: { count: value.count, sum: value.sum ?? Number.NaN } };
          }),
        })),
      ),
    );
  }
}

/** What a point's number is, or how many values its histogram has. */
export function amount(point: Point | undefined): number | undefined {
  return typeof point?.value === "object" ? point.value.count : point?.value;
}
