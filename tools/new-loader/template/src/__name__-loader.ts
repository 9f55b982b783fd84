import { type LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import type { __Name__Error } from "./__name__-error.ts";
import { __camelName__Format } from "./__name__-format.ts";

/**
 * Loads __name__ plugins.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry();
 * await using loader = new __Name__Loader();
 * const plugin = await loader.load(await readFile("geo.wasm"), { registry });
 * const km = await registry.scalar("ai.example.geo.haversine").invoke(batch);
 * ```
 */
export class __Name__Loader extends PluginLoader<__Name__Error> {
  constructor(options?: LoaderOptions) {
    super(__camelName__Format, options);
  }
}
