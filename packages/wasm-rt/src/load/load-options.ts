import type { Capability, CapabilityName, PluginRegistry } from "@uni/plugin";
import type { HostFunction } from "../host/host-function.ts";
import type { LogRecord } from "../host/log-record.ts";
import type { PoolConfig } from "../pool/pool-config.ts";
import type { PluginLimits } from "./plugin-limits.ts";

/** What a host decides for every plugin of a loader. */
export interface LoaderOptions {
  /** The ceiling for every plugin; default 30 s a call and 16384 pages (1 GiB) of memory. */
  readonly limits?: Partial<PluginLimits>;
  /** Functions of the embedder that plugins may import, each behind the capability that it names. */
  readonly hostFunctions?: readonly HostFunction[];
  /** Gets what plugins log; without it, messages go to the diagnostics channel `uni:log`. */
  readonly logger?: (record: LogRecord) => void;
  /** The W3C `traceparent` of the work under way, for plugins that ask. */
  readonly traceparent?: () => string | undefined;
  /** Where guests run; `"thread"` unless said. */
  readonly isolation?: Isolation;
}

/**
 * - `"thread"`: on guest threads, so that a call holds up nobody and can be ended at any time;
 * - `"inline"`: on the caller's thread, for trusted plugins and the lowest latency. A call is ended at
 *   its deadline there too, and nothing else happens on the thread until then.
 */
export type Isolation = "thread" | "inline";

export const ISOLATIONS: readonly Isolation[] = ["thread", "inline"];

/** What a host decides for one plugin. */
export interface LoadOptions {
  /** Where the functions are registered: all of them, or none. */
  readonly registry?: PluginRegistry;
  /** Takes the place of the plugin of the same id in the registry, in one step. */
  readonly replace?: boolean;
  /** What the plugin may have if it declares it; default: its three surfaces, and no host service. */
  readonly grants?: Iterable<Capability | CapabilityName>;
  /** The ceiling for this plugin, instead of the loader's. */
  readonly limits?: Partial<PluginLimits>;
  /** Settings that the plugin can read, but not while its manifest is read. */
  readonly config?: Readonly<Record<string, string>>;
  /** How many guests may be live at once; default 4. */
  readonly pool?: Partial<PoolConfig>;
  /**
   * How many guests are built ahead while there is nothing else to do, each for one call; default 0.
   * They hold slots of the pool, and at least one has to be left.
   */
  readonly spares?: number;
  /** The SHA-256 that the bytes must have, in hexadecimal. */
  readonly sha256?: string;
}

export const LOADER_OPTIONS: readonly (keyof LoaderOptions)[] = [
  "limits",
  "hostFunctions",
  "logger",
  "traceparent",
  "isolation",
];

export const LOAD_OPTIONS: readonly (keyof LoadOptions)[] = [
  "registry",
  "replace",
  "grants",
  "limits",
  "config",
  "pool",
  "spares",
  "sha256",
];
