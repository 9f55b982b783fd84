import type { Manifest, Plugin } from "@extism/extism";
import {
  attempt,
  creationError,
  type ExportCall,
  type GuestBuild,
  type GuestImports,
  initializers,
  RESERVED_EXPORTS,
} from "@uni/wasm-rt";
import { requireSuccess } from "../abi/require-success.ts";
import { ExtismError } from "../extism-error.ts";
import { WASI_MODULE } from "../wasi/wasi-imports.ts";
import type { Sdk } from "./load-sdk.ts";
import { pluginOptions } from "./plugin-options.ts";
import { SdkCall } from "./sdk-call.ts";
import type { SdkImage } from "./sdk-image.ts";
import { wasiBridge } from "./wasi-bridge.ts";

/** A guest that is a plugin of the SDK, made when it is opened. It serves one call. */
export class SdkGuest implements Disposable {
  readonly #sdk: Sdk;
  readonly #image: SdkImage;
  readonly #imports: GuestImports;
  #build: GuestBuild | undefined;
  #plugin: Promise<Plugin> | undefined;
  #open: OpenPlugin | undefined;
  #call: SdkCall;

  constructor(sdk: Sdk, image: SdkImage, imports: GuestImports) {
    this.#sdk = sdk;
    this.#image = image;
    this.#imports = imports;
    this.#call = new SdkCall(image.blockLimits);
  }

  get build(): GuestBuild | undefined {
    return this.#build;
  }

  /** Makes the plugin; nothing of its code runs here, since the image hides what the SDK would run. */
  async open(): Promise<void> {
    const startedAt = performance.now();
    const access = { current: this.#current, exports: () => this.#open?.exports };
    const options = pluginOptions(access, this.#imports, this.#image);
    this.#plugin = this.#sdk.createPlugin(sdkManifest(this.#image), options);
    try {
      const plugin = await this.#plugin;
      const instance = await plugin.getInstance();
      this.#open = { plugin, instance, exports: instance.exports };
      this.#call.instances.push(instance.exports);
      this.#build = { startedAt, tookMs: performance.now() - startedAt };
    } catch (cause) {
      throw creationError(ExtismError, cause);
    }
  }

  /** Runs what was the module's start function, if it had one. */
  start(): void {
    attempt(ExtismError, "start", this.#current, () => this.#export(RESERVED_EXPORTS.start)?.());
  }

  /**
   * Calls an export through the SDK. All of the guest's code runs before this returns; what is left
   * for the SDK to do runs before the answer is there.
   */
  invoke({ name, input }: ExportCall): () => Promise<Uint8Array> {
    const exported = this.#export(name);
    if (exported === undefined || this.#open === undefined) {
      throw new ExtismError("INVALID_PLUGIN", `the module does not export a function ${name}`);
    }
    for (const name of initializers((name) => this.#export(name) !== undefined)) {
      // hs_init takes argc and argv; a function that takes nothing ignores them.
      attempt(ExtismError, name, this.#current, () => this.#export(name)?.(0, 0));
    }
    const { plugin, instance, exports } = this.#open;
    const call = new SdkCall(this.#image.blockLimits);
    call.instances.push(exports);
    this.#call = call;
    let returned: { readonly status: unknown } | undefined;
    // rc13 looks the export up in the instance and drops what it returns, which is the status.
    const observed = () => {
      returned = { status: attempt(ExtismError, name, this.#current, exported) };
    };
    Object.defineProperty(instance, "exports", { value: { [name]: observed } });
    // The SDK makes the very array the guest's input block, which the guest can write.
    const settled = plugin.call(name, new Uint8Array(input));
    return async () => {
      await settled;
      if (returned === undefined) {
        throw new ExtismError("INTERNAL", `the SDK did not call ${name} as 2.0.0-rc13 does`);
      }
      requireSuccess(name, returned.status, call.error);
      return call.takeOutput();
    };
  }

  [Symbol.dispose](): void {
    // Of a plugin that could not be made its call has said so, and closing one frees nothing here.
    this.#plugin?.then((plugin) => plugin.close()).catch(() => {});
    this.#plugin = undefined;
    this.#open = undefined;
  }

  readonly #current = (): SdkCall => this.#call;

  #export(name: string): ((...args: unknown[]) => unknown) | undefined {
    const exported = this.#open?.exports[this.#image.renamed.get(name) ?? name];
    // An exported function of WebAssembly is callable with anything that converts.
    return typeof exported === "function"
      ? (exported as (...args: unknown[]) => unknown)
      : undefined;
  }
}

interface OpenPlugin {
  readonly plugin: Plugin;
  readonly instance: WebAssembly.Instance;
  /** The instance's own, which the SDK no longer sees while a call is under way. */
  readonly exports: WebAssembly.Exports;
}

/** The module, and behind its WASI imports the host's own WASI. */
function sdkManifest({ module, importModules }: SdkImage): Manifest {
  const main = { module, name: "main" };
  if (!importModules.includes(WASI_MODULE)) return { wasm: [main] };
  return { wasm: [{ module: wasiBridge(), name: WASI_MODULE }, main] };
}
