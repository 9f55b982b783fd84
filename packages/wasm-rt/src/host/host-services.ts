import { channel } from "node:diagnostics_channel";
import type { CapabilitySet, PluginManifest } from "@uni/plugin";
import type { PoolMetrics } from "../pool/pool-metrics.ts";
import { type HostFunction, type HostFunctionContext, isGranted } from "./host-function.ts";
import type { LogLevel, LogRecord } from "./log-record.ts";

/** What a guest can ask of its host; a loader binds it to the imports of its ABI. */
export interface HostServices {
  log(level: LogLevel, message: string): void;
  /** The host's W3C `traceparent`, if it has one. */
  traceparent(): string | undefined;
  /** A counter of the plugin's pool: `misses`, `exhausted`, `live` or `hits`. */
  metricCounter(name: string): number | undefined;
  /** The embedder's own functions that this plugin may use, by name. */
  readonly functions: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array>;
}

/** What an embedder provides to every plugin of a loader. */
export interface HostOptions {
  readonly hostFunctions: ReadonlyMap<string, HostFunction>;
  readonly logger: ((record: LogRecord) => void) | undefined;
  readonly traceparent: (() => string | undefined) | undefined;
}

const logChannel = channel("uni:log");

/** The services of a plugin whose effective capabilities are known. */
export function grantedServices(
  host: HostOptions,
  { id, version }: PluginManifest,
  effective: CapabilitySet,
  metrics: () => PoolMetrics,
): HostServices {
  const functions = new Map<string, (bytes: Uint8Array) => Uint8Array>();
  for (const hostFunction of host.hostFunctions.values()) {
    if (!isGranted(hostFunction, effective)) continue;
    const { name, requires } = hostFunction;
    const context: HostFunctionContext = Object.freeze({
      pluginId: id,
      pluginVersion: version,
      allows: (argument: string) => requires === undefined || effective.allows(requires, argument),
    });
    functions.set(name, (bytes) => hostFunction.call(bytes, context));
  }
  const publish = host.logger ?? ((record: LogRecord) => logChannel.publish(record));
  return {
    log: (level, message) => publish({ pluginId: id, level, message }),
    traceparent: () => host.traceparent?.(),
    metricCounter: (name) => {
      const counters = metrics();
      return Object.hasOwn(counters, name) ? counters[name as keyof PoolMetrics] : undefined;
    },
    functions,
  };
}
