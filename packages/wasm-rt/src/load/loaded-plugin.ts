import type {
  AggregateFunction,
  CapabilityName,
  CapabilitySet,
  PluginManifest,
  Procedure,
  ScalarFunction,
} from "@uni/plugin";
import type { InstancePool } from "../pool/instance-pool.ts";
import type { LoaderError } from "./loader-error.ts";
import type { PluginFunctions } from "./make-functions.ts";
import type { PluginCalls } from "./plugin-calls.ts";
import type { PluginLimits } from "./plugin-limits.ts";

/** What a load found out and made. */
export interface PluginParts<E extends LoaderError> extends PluginFunctions {
  readonly manifest: PluginManifest;
  readonly effective: CapabilitySet;
  readonly limits: PluginLimits;
  readonly calls: PluginCalls<E>;
  /** Takes the functions out of the registry that they were loaded into, if any. */
  readonly unregister?: (() => boolean) | undefined;
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
  readonly #calls: PluginCalls<E>;
  readonly #unregister: (() => boolean) | undefined;

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
    this.#calls = parts.calls;
    this.#unregister = parts.unregister;
  }

  /** The guests of this plugin's calls; the two of the load itself are not among them. */
  get pool(): Pick<InstancePool<Disposable, E>, "config" | "metrics"> {
    return this.#calls.pool;
  }

  /**
   * Takes the functions out of the registry that they were loaded into and refuses further calls
   * with `CLOSED`. Closing twice is closing once.
   */
  async close(): Promise<void> {
    this.#unregister?.();
    this.#calls.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
