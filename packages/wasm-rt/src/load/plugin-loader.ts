import { createHash } from "node:crypto";
import {
  type Capability,
  type CapabilityName,
  CapabilitySet,
  FnError,
  PluginError,
  type PluginManifest,
  type PluginRegistry,
  parseManifest,
  parseRegistration,
  type Registration,
  requireAbi,
  SURFACE_CAPABILITIES,
} from "@uni/plugin";
import { GuestScalar } from "../call/guest-scalar.ts";
import { InstancePool } from "../pool/instance-pool.ts";
import type { PoolConfig } from "../pool/pool-config.ts";
import type { Guest, GuestModule } from "./guest.ts";
import { GuestRunner } from "./guest-runner.ts";
import { LoadedPlugin } from "./loaded-plugin.ts";
import type { LoaderError, LoaderErrorCode } from "./loader-error.ts";
import { PluginCalls } from "./plugin-calls.ts";
import type { PluginFormat } from "./plugin-format.ts";
import { limitCeiling, type PluginLimits, tightenLimits } from "./plugin-limits.ts";
import { readDocument } from "./read-document.ts";

/** What a host decides for every plugin of a loader. */
export interface LoaderOptions {
  /** The ceiling for every plugin; default 30 s a call. */
  readonly limits?: Partial<PluginLimits>;
  /** Where guests run: on the caller's thread. */
  readonly isolation?: "inline";
}

/** What a host decides for one plugin. */
export interface LoadOptions {
  /** Where the functions are registered: all of them, or none. */
  readonly registry?: PluginRegistry;
  /** What the plugin may have if it declares it; default: its three surfaces, and no host service. */
  readonly grants?: Iterable<Capability | CapabilityName>;
  /** The ceiling for this plugin, instead of the loader's. */
  readonly limits?: Partial<PluginLimits>;
  /** How many guests may be live at once; default 4. */
  readonly pool?: Partial<PoolConfig>;
  /** The SHA-256 that the bytes must have, in hexadecimal. */
  readonly sha256?: string;
}

/** Loads plugins of one format. A loader's own class extends this with its format. */
export class PluginLoader<E extends LoaderError> {
  readonly #format: PluginFormat<unknown, E>;
  readonly #options: LoaderOptions;

  constructor(format: PluginFormat<unknown, E>, options: LoaderOptions = {}) {
    refuseUnknown(options, ["limits", "isolation"], "loader option");
    if (options.isolation !== undefined && options.isolation !== "inline") {
      throw new TypeError(`isolation must be "inline", got ${JSON.stringify(options.isolation)}`);
    }
    limitCeiling(options.limits);
    this.#format = format;
    this.#options = options;
  }

  /**
   * Compiles a plugin, reads its manifest without granting it anything, grants it what both sides
   * agree on, and registers what it offers: everything, or nothing where this throws.
   *
   * @throws the loader's error, naming what was expected and what came; `PluginError` `DUPLICATE`
   * where the registry has a plugin of this id.
   */
  async load(bytes: Uint8Array, options: LoadOptions = {}): Promise<LoadedPlugin<E>> {
    refuseUnknown(options, ["registry", "grants", "limits", "pool", "sha256"], "load option");
    const format = this.#format;
    const ceiling = limitCeiling(options.limits, this.#options.limits);
    const granted = new CapabilitySet(options.grants ?? SURFACE_CAPABILITIES);
    const image = await format.compile(this.#verified(bytes, options.sha256));
    // The module's own loader names its URL; what it exports is the format's contract.
    const module = (await import(
      /* @vite-ignore */ format.guestModule.href
    )) as GuestModule<unknown>;
    const runner = new GuestRunner(format, module, image);

    const manifest = this.#manifest(runner, ceiling.timeoutMs);
    const effective = manifest.capabilities.intersect(granted);
    const limits = tightenLimits(ceiling, manifest);
    const registration = this.#registration(runner, manifest, limits.timeoutMs);
    this.#requireSurfaces(registration, effective, manifest.id);
    format.requireExports(image, registration);

    const pool = new InstancePool<Guest, E>(
      options.pool ?? {},
      () => runner.create({ pass: "granted" }, limits.timeoutMs),
      format.errors,
    );
    const calls = new PluginCalls(format.errors, pool, runner, limits, manifest.id);
    const scalars = registration.entries.map((entry) => new GuestScalar(entry, calls));
    const { id, version, description } = manifest;
    const info = description === undefined ? { id, version } : { id, version, description };
    const unregister = options.registry?.register({ info, scalars });
    return new LoadedPlugin({
      manifest,
      effective,
      limits,
      scalars,
      calls,
      unregister,
    });
  }

  #verified(bytes: Uint8Array, sha256: string | undefined): Uint8Array {
    const { errors } = this.#format;
    if (!(bytes instanceof Uint8Array)) {
      throw new errors(
        "INVALID_PLUGIN",
        `expected the plugin as a Uint8Array, got ${Object.prototype.toString.call(bytes)}`,
      );
    }
    // A copy, so that what is checked is what is compiled.
    const own = bytes.slice();
    if (sha256 === undefined) return own;
    const actual = createHash("sha256").update(own).digest("hex");
    if (actual === sha256.toLowerCase()) return own;
    throw new errors(
      "INVALID_PLUGIN",
      `expected the plugin with SHA-256 ${sha256}, got one with ${actual}`,
    );
  }

  #manifest(runner: GuestRunner<E>, timeoutMs: number): PluginManifest {
    const { abiField, hostAbi, errors } = this.#format;
    const bytes = this.#translating("MANIFEST_INVALID", () =>
      runner.callOnce("manifest", { pass: "manifest" }, timeoutMs, (guest) => guest.manifest()),
    );
    const text = readDocument(bytes, "the manifest", errors);
    const manifest = this.#translating("MANIFEST_INVALID", () => parseManifest(text, abiField));
    this.#translating("ABI_UNSUPPORTED", () => requireAbi(manifest, hostAbi));
    return manifest;
  }

  #registration(runner: GuestRunner<E>, manifest: PluginManifest, timeoutMs: number): Registration {
    const bytes = this.#translating("MANIFEST_INVALID", () =>
      runner.callOnce("register", { pass: "granted" }, timeoutMs, (guest) => guest.register()),
    );
    const text = readDocument(bytes, `the registration of ${manifest.id}`, this.#format.errors);
    return this.#translating("MANIFEST_INVALID", () => parseRegistration(text, manifest.id));
  }

  #requireSurfaces(registration: Registration, effective: CapabilitySet, id: string): void {
    for (const { qname } of registration.entries) {
      if (effective.has("scalar-fn")) continue;
      throw new this.#format.errors(
        "CAPABILITY_DENIED",
        `${id} registers the scalar function ${qname} without the capability "scalar-fn"; its manifest must declare it and the host must grant it`,
      );
    }
  }

  /** Runs a step of the load in which a refusal, of the contract or by the plugin, ends it. */
  #translating<T>(code: LoaderErrorCode, check: () => T): T {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof PluginError || error instanceof FnError)) throw error;
      throw new this.#format.errors(code, error.message, { cause: error });
    }
  }
}

function refuseUnknown(options: object, known: readonly string[], what: string): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`unknown ${what} "${unknown}"; known: ${known.join(", ")}`);
}
