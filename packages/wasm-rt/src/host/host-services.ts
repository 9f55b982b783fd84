import type { CapabilitySet, PluginManifest } from "@uni/plugin";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { logChannel } from "../observe/channels.ts";
import type { PoolMetrics } from "../pool/pool-metrics.ts";
import { callHostFunction } from "./call-host-function.ts";
import { type HostFunction, type HostFunctionContext, isGranted } from "./host-function.ts";
import { cutMessage, type LogLevel, type LogRecord } from "./log-record.ts";
import type { HostImports, ProvidedFunction } from "./provided-function.ts";

/** What a guest can ask of its host; a loader binds it to the imports of its ABI. */
export interface HostServices {
  /** Passes on a message of the plugin, cut at 64 KiB. */
  log(level: LogLevel, message: string): void;
  /** The host's W3C `traceparent`, if it has one. */
  traceparent(): string | undefined;
  /** A counter of the plugin's pool: `misses`, `exhausted`, `live` or `hits`. */
  metricCounter(name: string): number | undefined;
  /** The embedder's own functions that this plugin may use, by what it imports them as. */
  readonly functions: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array>;
}

/** What an embedder provides to every plugin of a loader. */
export interface HostOptions {
  /** By what a plugin imports them as. */
  readonly hostFunctions: ReadonlyMap<string, HostFunction>;
  readonly logger: ((record: LogRecord) => void) | undefined;
  readonly traceparent: (() => string | undefined) | undefined;
}

/** The services of a plugin whose effective capabilities are known. */
export function grantedServices<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  host: HostOptions,
  { id, version }: PluginManifest,
  effective: CapabilitySet,
  metrics: () => PoolMetrics,
): HostImports["services"] {
  const functions = new Map<string, ProvidedFunction>();
  for (const [importName, hostFunction] of host.hostFunctions) {
    if (!isGranted(hostFunction, effective)) continue;
    const { name, requires, call, module } = hostFunction;
    const context: HostFunctionContext = Object.freeze({
      pluginId: id,
      pluginVersion: version,
      allows: (argument: string) => requires === undefined || effective.allows(requires, argument),
    });
    functions.set(
      importName,
      call === undefined
        ? { kind: "module", href: module.href, name, ...context }
        : {
            kind: "closure",
            call: (bytes) =>
              callHostFunction(errors, importName, () => call.call(hostFunction, bytes, context)),
          },
    );
  }
  return {
    log: (level, message) => {
      const { logger } = host;
      if (logger === undefined && !logChannel.hasSubscribers) return;
      const record: LogRecord = Object.freeze({
        ...{ pluginId: id, level, message: cutMessage(message) },
      });
      if (logger === undefined) logChannel.publish(record);
      else logger(record);
    },
    traceparent: () => host.traceparent?.(),
    metricCounter: (name) => {
      const counters = metrics();
      return Object.hasOwn(counters, name) ? counters[name as keyof PoolMetrics] : undefined;
    },
    functions,
  };
}
