import { CapabilitySet, refuseUnknown, SURFACE_CAPABILITIES } from "@uni/plugin";
import type { LoaderError } from "../errors/loader-error.ts";
import type { GuestEngine, GuestHandle } from "../guest/guest-engine.ts";
import { hostFailure } from "../host/host-failure.ts";
import { hostFunctionsByImport } from "../host/host-function.ts";
import { grantedServices, type HostOptions } from "../host/host-services.ts";
import { CallMeter } from "../observe/call-meter.ts";
import { type ObservedLoad, observeLoad, publishPluginEnd } from "../observe/observed-load.ts";
import { InstancePool } from "../pool/instance-pool.ts";
import type { PoolConfig } from "../pool/pool-config.ts";
import { ThreadEngine } from "../threads/thread-engine.ts";
import { InlineEngine } from "./inline-engine.ts";
import {
  ISOLATIONS,
  type Isolation,
  LOAD_OPTIONS,
  LOADER_OPTIONS,
  type LoaderOptions,
  type LoadOptions,
} from "./load-options.ts";
import { LoadedPlugin } from "./loaded-plugin.ts";
import { makeFunctions } from "./make-functions.ts";
import { PluginCalls } from "./plugin-calls.ts";
import type { PluginFormat } from "./plugin-format.ts";
import { limitCeiling, type PluginLimits, tightenLimits } from "./plugin-limits.ts";
import { providedCapabilities, requireGrants, requireHostFunctions } from "./require-grants.ts";
import { readManifest, readRegistration } from "./two-passes.ts";
import { verifiedCopy } from "./verified-copy.ts";

/** Loads plugins of one format. A loader's own class extends this with its format. */
export class PluginLoader<E extends LoaderError> implements AsyncDisposable {
  readonly #format: PluginFormat<unknown, E>;
  readonly #limits: Partial<PluginLimits> | undefined;
  readonly #host: HostOptions;
  readonly #isolation: Isolation;
  readonly #plugins = new Set<LoadedPlugin<E>>();
  readonly #loading = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  constructor(format: PluginFormat<unknown, E>, options: LoaderOptions = {}) {
    refuseUnknown(options, LOADER_OPTIONS, "loader option");
    const { isolation = "thread" } = options;
    if (!ISOLATIONS.includes(isolation)) {
      const known = ISOLATIONS.map((name) => `"${name}"`).join(" or ");
      throw new TypeError(`isolation must be ${known}, got ${JSON.stringify(isolation)}`);
    }
    this.#isolation = isolation;
    limitCeiling(options.limits);
    this.#format = format;
    this.#limits = options.limits;
    this.#host = {
      hostFunctions: hostFunctionsByImport(options.hostFunctions ?? [], format.importName),
      logger: this.#guarded("logger", options.logger),
      traceparent: this.#guarded("traceparent", options.traceparent),
    };
  }

  /**
   * Compiles a plugin, reads its manifest without granting it anything, grants it what both sides
   * agree on, and registers what it offers: everything, or nothing where this throws.
   *
   * @throws the loader's error, naming what was expected and what came; `PluginError` `DUPLICATE`
   * where the registry has a plugin of this id, `NOT_FOUND` where there is none to replace.
   */
  load(bytes: Uint8Array, options: LoadOptions = {}): Promise<LoadedPlugin<E>> {
    return observeLoad(this.#format.abiField, (observed) =>
      this.#untilClosed(() => this.#load(bytes, options, observed)),
    );
  }

  /**
   * Closes every plugin of this loader, which waits for their calls under way. What is still loading,
   * and all that would be loaded later, is refused with `CLOSED`.
   */
  close(): Promise<void> {
    return this.#end((plugin) => plugin.close());
  }

  /** As `close`, and ends the calls under way with `CLOSED`. */
  destroy(): Promise<void> {
    return this.#end((plugin) => plugin.destroy());
  }

  /** As `close`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #end(end: (plugin: LoadedPlugin<E>) => Promise<void>): Promise<void> {
    this.#closing.abort();
    await Promise.all([...[...this.#plugins].map(end), Promise.allSettled(this.#loading)]);
  }

  /** Loads a plugin unless the loader is closed, or closes meanwhile. */
  async #untilClosed(load: () => Promise<LoadedPlugin<E>>): Promise<LoadedPlugin<E>> {
    this.#requireOpen();
    const loading = load();
    this.#loading.add(loading);
    try {
      return await loading;
    } catch (error) {
      // What closing has ended fails in many ways.
      this.#requireOpen();
      throw error;
    } finally {
      this.#loading.delete(loading);
    }
  }

  async #load(
    bytes: Uint8Array,
    options: LoadOptions,
    observed: ObservedLoad,
  ): Promise<LoadedPlugin<E>> {
    refuseUnknown(options, LOAD_OPTIONS, "load option");
    const format = this.#format;
    const ceiling = limitCeiling(options.limits, this.#limits);
    const granted = new CapabilitySet(options.grants ?? SURFACE_CAPABILITIES);
    const own = verifiedCopy(bytes, options.sha256, format.errors);
    observed.bytes = own;
    observed.sha256 = options.sha256?.toLowerCase();
    const config = { ...options.config };
    const { signal } = this.#closing;

    const firstImage = await format.compile(own, ceiling);
    requireHostFunctions(format, firstImage, this.#host.hostFunctions);
    await using first = await this.#engine(firstImage);
    const manifest = await readManifest(format, firstImage, first.engine, ceiling, signal);
    observed.plugin = { pluginId: manifest.id, pluginVersion: manifest.version };
    const provided = providedCapabilities(this.#host.hostFunctions, options.config);
    const effective = manifest.capabilities.intersect(granted).intersect(provided);
    requireGrants(format, firstImage, this.#host.hostFunctions, { manifest, granted, effective });

    const limits = tightenLimits(ceiling, manifest);
    const image = sameSandbox(limits, ceiling) ? firstImage : await format.compile(own, limits);
    await using second = await this.#engine(image);
    const services = grantedServices(
      format.errors,
      this.#host,
      manifest,
      effective,
      () => pool.metrics,
    );
    const source = await second.engine.bind({ services, config });
    const { errors } = format;
    const meter = new CallMeter(observed.plugin);
    const pool = new InstancePool<GuestHandle, E>(
      options.pool ?? {},
      () => source.create(),
      errors,
    );
    const spares = checkSpares(options.spares ?? 0, pool.config);
    const registration = await readRegistration(format, source, manifest, limits, signal);
    format.requireExports(image, registration);

    const parts = { pluginId: manifest.id, limits, errors, source, pool, meter, spares };
    const calls = new PluginCalls(parts);
    const functions = makeFunctions(registration, effective, calls, manifest.id);
    this.#requireOpen();
    const { id, version, description } = manifest;
    const info = description === undefined ? { id, version } : { id, version, description };
    const unregister = options.replace
      ? options.registry?.replace({ info, ...functions })
      : options.registry?.register({ info, ...functions });
    const engine = second.keep();
    const closed = (plugin: LoadedPlugin<E>) => {
      this.#plugins.delete(plugin);
      publishPluginEnd(plugin);
    };
    const plugin = new LoadedPlugin({
      ...{ manifest, effective, limits, ...functions },
      ...{ calls, engine, unregister, closed },
    });
    this.#plugins.add(plugin);
    calls.buildSpares();
    return plugin;
  }

  /** A callback of the host's whose failure is told apart from what a guest does. */
  #guarded<A extends unknown[], R>(name: string, callback: ((...args: A) => R) | undefined) {
    if (callback === undefined) return undefined;
    return (...args: A): R => {
      try {
        return callback(...args);
      } catch (cause) {
        throw hostFailure(this.#format.errors, `the host's ${name}`, cause);
      }
    };
  }

  async #engine(image: unknown): Promise<OpenEngine> {
    return new OpenEngine(await this.#openEngine(image));
  }

  #openEngine(image: unknown): Promise<GuestEngine> {
    const format = this.#format;
    if (format.openEngine !== undefined) return format.openEngine(image);
    if (this.#isolation === "inline") return InlineEngine.open(format, image);
    return ThreadEngine.open(format, image);
  }

  #requireOpen(): void {
    if (!this.#closing.signal.aborted) return;
    throw new this.#format.errors("CLOSED", "the loader was closed");
  }
}

/** An engine that is closed with its scope, unless somebody keeps it. */
class OpenEngine implements AsyncDisposable {
  readonly engine: GuestEngine;
  #kept = false;

  constructor(engine: GuestEngine) {
    this.engine = engine;
  }

  keep(): GuestEngine {
    this.#kept = true;
    return this.engine;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#kept) await this.engine.close();
  }
}

/** Whether what was compiled for `ceiling` keeps to `limits` as well. */
function sameSandbox(limits: PluginLimits, ceiling: PluginLimits): boolean {
  return (
    limits.memoryPages === ceiling.memoryPages &&
    limits.tableElements === ceiling.tableElements &&
    limits.fuelPerCall === ceiling.fuelPerCall
  );
}

/** @throws TypeError unless a slot is left for a guest that could not be built ahead. */
function checkSpares(spares: number, { maxInstances }: PoolConfig): number {
  if (Number.isInteger(spares) && spares >= 0 && spares < maxInstances) return spares;
  throw new TypeError(
    `spares must be an integer from 0 to maxInstances - 1, which is ${maxInstances - 1}; got ${String(spares)}`,
  );
}
