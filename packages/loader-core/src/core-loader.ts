import { type LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import type { CoreError } from "./core-error.ts";
import { coreFormat } from "./core-format.ts";

/**
 * Loads core plugins.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry();
 * await using loader = new CoreLoader();
 * const plugin = await loader.load(await readFile("geo.wasm"), { registry });
 * const km = await registry.scalar("ai.example.geo.haversine").invoke(batch);
 * ```
 */
export class CoreLoader extends PluginLoader<CoreError> {
  constructor(options?: LoaderOptions) {
    super(coreFormat, options);
  }
}
