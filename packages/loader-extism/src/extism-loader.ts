import { type LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import type { ExtismError } from "./extism-error.ts";
import { extismFormat } from "./extism-format.ts";

/**
 * Loads Extism plugins.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry();
 * const loader = new ExtismLoader();
 * await using plugin = await loader.load(await readFile("geo.wasm"), { registry });
 * const km = await registry.scalar("ai.example.geo.haversine").invoke(batch);
 * ```
 */
export class ExtismLoader extends PluginLoader<ExtismError> {
  constructor(options?: LoaderOptions) {
    super(extismFormat, options);
  }
}
