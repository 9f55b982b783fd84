import type {
  AggregateFunction,
  CapabilityName,
  CapabilitySet,
  PluginManifest,
  Procedure,
  ScalarFunction,
} from "@uni/plugin";
import type { LoaderError } from "../errors/loader-error.ts";
import type { GuestEngine } from "../guest/guest-engine.ts";
import type { CallStats } from "../observe/call-meter.ts";
import type { InstancePool } from "../pool/instance-pool.ts";
import type { PluginFunctions } from "./make-functions.ts";
import type { PluginCalls } from "./plugin-calls.ts";
import type { PluginLimits } from "./plugin-limits.ts";
import type { SpareStats } from "./spare-guests.ts";

/** What a load found out and made. */
export interface PluginParts<E extends LoaderError> extends PluginFunctions {
  readonly manifest: PluginManifest;
  readonly effective: CapabilitySet;
  readonly limits: PluginLimits;
  readonly calls: PluginCalls<E>;
  readonly engine: GuestEngine;
  /** Takes the functions out of the registry that they were loaded into, if any. */
  readonly unregister?: (() => boolean) | undefined;
  /** Is told when the plugin was closed. */
  readonly closed: (plugin: LoadedPlugin<E>) => void;
}

/** What has happened to the calls of a plugin so far, and what is happening. */
export interface PluginStats extends CallStats {
  /** Calls that wait for a guest. */
  readonly queued: number;
  /** Guests that were built ahead (`spares`), none of which `pool.metrics.hits` counts. */
  readonly spares: SpareStats;
}

/** A plugin whose functions can be called until it is closed. */
export class LoadedPlugin<E extends LoaderError> implements AsyncDisposable {
  readonly id: string;
  readonly version: string;
  readonly manifest: PluginManifest;
  /** What the plugin declared and the host granted. */
  readonly effective: CapabilitySet;
  /** What the plugin declared and the host did not grant, in the manifest's order. */
  readonly denied: readonly CapabilityName[];
  /** What one call may use: the host's ceiling, tightened by the manifest. */
  readonly limits: PluginLimits;
  readonly scalars: readonly ScalarFunction[];
  readonly aggregates: readonly AggregateFunction[];
  readonly procedures: readonly Procedure[];
  readonly #parts: PluginParts<E>;
  #ended: Promise<void> | undefined;

  /** @internal A loader makes it. */
  constructor(parts: PluginParts<E>) {
    const { manifest, effective } = parts;
    this.id = manifest.id;
    this.version = manifest.version;
    this.manifest = manifest;
    this.effective = effective;
    this.denied = manifest.capabilities.names().filter((name) => !effective.has(name));
    this.limits = parts.limits;
    this.scalars = parts.scalars;
    this.aggregates = parts.aggregates;
    this.procedures = parts.procedures;
    this.#parts = parts;
  }

  /** The guests of this plugin's calls; the two of the load itself are not among them. */
  get pool(): Pick<InstancePool<Disposable, E>, "config" | "metrics"> {
    return this.#parts.calls.pool;
  }

  /** A snapshot. */
  stats(): PluginStats {
    const { queued, spareStats, meter } = this.#parts.calls;
    return { ...meter.snapshot(), queued, spares: spareStats };
  }

  /**
   * Takes the functions out of the registry that they were loaded into and refuses further calls, and
   * those that wait, with `CLOSED`. Resolves when those under way have ended and nothing of the plugin
   * is left. Closing twice is closing once.
   */
  close(): Promise<void> {
    return this.#end(this.#parts.calls.close());
  }

  /** As `close`, and ends the calls under way with `CLOSED`. */
  destroy(): Promise<void> {
    return this.#end(this.#parts.calls.destroy());
  }

  /** As `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #end(idle: Promise<void>): Promise<void> {
    this.#parts.unregister?.();
    this.#ended ??= idle.then(async () => {
      await this.#parts.engine.close();
      this.#parts.closed(this);
    });
    return this.#ended;
  }
}
