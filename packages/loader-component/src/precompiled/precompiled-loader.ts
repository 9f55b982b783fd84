import { type LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import { ComponentError } from "../component-error.ts";
import { componentFormat } from "../component-format.ts";

/**
 * Loads what `ComponentLoader.precompile` made of components, without a single module of the
 * validator.
 *
 * @example
 * ```ts
 * const loader = new PrecompiledLoader();
 * await using plugin = await loader.load(await readFile("geo.unicmp"), { registry });
 * ```
 */
export class PrecompiledLoader extends PluginLoader<ComponentError> {
  constructor(options?: LoaderOptions) {
    super(componentFormat(refuse), options);
  }
}

async function refuse(): Promise<never> {
  throw new ComponentError(
    "INVALID_PLUGIN",
    "expected a precompiled component, got a component; precompile it with ComponentLoader.precompile of @uni/loader-component, or load it with ComponentLoader",
  );
}
