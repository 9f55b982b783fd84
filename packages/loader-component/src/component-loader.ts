import { refuseUnknown } from "@uni/plugin";
import type { UnsharedBytes } from "@uni/wasm-rt";
import { type LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import { encodeArtifact, isArtifact } from "./artifact/artifact.ts";
import { ComponentError } from "./component-error.ts";
import { componentFormat, requireComponent } from "./component-format.ts";
import { type TranslateOptions, Translator } from "./translate/translator.ts";
import { requireWorld } from "./world.ts";

/** What a host decides for every component of a loader. */
export interface ComponentLoaderOptions extends LoaderOptions, TranslateOptions {}

/**
 * Loads components of the worlds of `uni:plugin@0.1.0`, and what `precompile` made of them.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry();
 * const loader = new ComponentLoader();
 * await using plugin = await loader.load(await readFile("geo.component.wasm"), { registry });
 * const km = await registry.scalar("ai.example.geo.haversine").invoke(batch);
 * ```
 */
export class ComponentLoader extends PluginLoader<ComponentError> {
  constructor(options: ComponentLoaderOptions = {}) {
    const { cache, maxComponentBytes, validationTimeoutMs, ...loaderOptions } = options;
    const translator = new Translator({ cache, maxComponentBytes, validationTimeoutMs });
    super(
      componentFormat((component) => translator.translate(component)),
      loaderOptions,
    );
  }

  /**
   * Validates a component and takes it apart, once for all: what comes back loads without
   * `@bytecodealliance/jco-transpile`, and holds no JavaScript. Loading checks it as if it came from
   * a stranger, so that it needs no more care than the component itself.
   *
   * @returns bytes for `load`, also of `PrecompiledLoader`.
   * @throws ComponentError as `load` does for a component that is not valid, or of another world.
   */
  static async precompile(
    component: Uint8Array,
    options: Omit<TranslateOptions, "cache"> = {},
  ): Promise<UnsharedBytes> {
    if (!(component instanceof Uint8Array)) throw notBytes(component);
    if (isArtifact(component)) {
      const message = "expected a WebAssembly component, got one that is precompiled already";
      throw new ComponentError("INVALID_PLUGIN", message);
    }
    requireComponent(component);
    refuseUnknown(options, ["maxComponentBytes", "validationTimeoutMs"], "precompile option");
    const translator = new Translator({ ...options, cache: false });
    const artifact = await translator.translate(new Uint8Array(component));
    requireWorld(artifact.plan);
    return encodeArtifact(artifact);
  }
}

function notBytes(value: unknown): ComponentError {
  const kind = Object.prototype.toString.call(value);
  return new ComponentError("INVALID_PLUGIN", `expected a Uint8Array, got ${kind}`);
}
