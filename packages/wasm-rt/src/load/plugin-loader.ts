import { CapabilitySet, SURFACE_CAPABILITIES } from "@uni/plugin";
import { hostFailure } from "../host/host-failure.ts";
import { hostFunctionsByImport } from "../host/host-function.ts";
import { grantedServices, type HostOptions, type HostServices } from "../host/host-services.ts";
import { InstancePool } from "../pool/instance-pool.ts";
import { InlineEngine } from "./inline-engine.ts";
import {
  LOAD_OPTIONS,
  LOADER_OPTIONS,
  type LoaderOptions,
  type LoadOptions,
  refuseUnknown,
} from "./load-options.ts";
import { LoadedPlugin } from "./loaded-plugin.ts";
import type { LoaderError } from "./loader-error.ts";
import { makeFunctions } from "./make-functions.ts";
import { PluginCalls } from "./plugin-calls.ts";
import type { PluginFormat } from "./plugin-format.ts";
import { limitCeiling, type PluginLimits, tightenLimits } from "./plugin-limits.ts";
import { providedCapabilities, requireGrants, requireHostFunctions } from "./require-grants.ts";
import { readManifest, readRegistration } from "./two-passes.ts";
import { verifiedCopy } from "./verified-copy.ts";

/** Loads plugins of one format. A loader's own class extends this with its format. */
export class PluginLoader<E extends LoaderError> {
  readonly #format: PluginFormat<unknown, E>;
  readonly #limits: Partial<PluginLimits> | undefined;
  readonly #host: HostOptions;

  constructor(format: PluginFormat<unknown, E>, options: LoaderOptions = {}) {
    refuseUnknown(options, LOADER_OPTIONS, "loader option");
    if (options.isolation !== undefined && options.isolation !== "inline") {
      throw new TypeError(`isolation must be "inline", got ${JSON.stringify(options.isolation)}`);
    }
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
  async load(bytes: Uint8Array, options: LoadOptions = {}): Promise<LoadedPlugin<E>> {
    refuseUnknown(options, LOAD_OPTIONS, "load option");
    const format = this.#format;
    const ceiling = limitCeiling(options.limits, this.#limits);
    const granted = new CapabilitySet(options.grants ?? SURFACE_CAPABILITIES);
    const own = verifiedCopy(bytes, options.sha256, format.errors);

    const firstImage = await format.compile(own, ceiling);
    requireHostFunctions(format, firstImage, this.#host.hostFunctions);
    const firstEngine = await this.#engine(firstImage);
    const manifest = await readManifest(format, firstImage, firstEngine, ceiling.timeoutMs);
    const provided = providedCapabilities(this.#host.hostFunctions, options.config);
    const effective = manifest.capabilities.intersect(granted).intersect(provided);
    requireGrants(format, firstImage, this.#host.hostFunctions, { manifest, granted, effective });

    const limits = tightenLimits(ceiling, manifest);
    const tighter = limits.memoryPages < ceiling.memoryPages;
    const image = tighter ? await format.compile(own, limits) : firstImage;
    const engine = tighter ? await this.#engine(image) : firstEngine;
    const services: HostServices = grantedServices(
      format.errors,
      this.#host,
      manifest,
      effective,
      () => pool.metrics,
    );
    const imports = { services, config: { ...options.config } };
    const pool = new InstancePool<Disposable, E>(
      options.pool ?? {},
      () => engine.create(imports, limits.timeoutMs),
      format.errors,
    );
    const registration = await readRegistration(format, engine, imports, manifest, limits);
    format.requireExports(image, registration);

    const { errors } = format;
    const calls = new PluginCalls({ pluginId: manifest.id, limits, errors, engine, pool });
    const functions = makeFunctions(registration, effective, calls, manifest.id);
    const { id, version, description } = manifest;
    const info = description === undefined ? { id, version } : { id, version, description };
    const unregister = options.replace
      ? options.registry?.replace({ info, ...functions })
      : options.registry?.register({ info, ...functions });
    return new LoadedPlugin({ manifest, effective, limits, ...functions, calls, unregister });
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

  #engine(image: unknown) {
    return this.#format.openEngine?.(image) ?? InlineEngine.open(this.#format, image);
  }
}
