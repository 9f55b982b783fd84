import { type LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import type { ExtismError } from "../extism-error.ts";
import { sdkFormat } from "./sdk-format.ts";

/**
 * Loads Extism plugins and runs them in the official SDK, for hosts that want the reference
 * implementation. A plugin passes the same checks as with `ExtismLoader`, has the same limits, and
 * fails with the same errors. Needs `@extism/extism` 2.0.0-rc13 installed.
 *
 * What is different:
 * - Calls are asynchronous only. `invokeSync`, its like, and an accumulator's `state()` before its
 *   first step throw `INTERNAL`.
 * - A plugin that imports `http_request` is refused with `INSTANTIATE` on a Node.js where guests can
 *   suspend (`WebAssembly.promising`): the SDK would run it beyond its deadline there. Elsewhere it
 *   loads, and the call is refused, as with `ExtismLoader`.
 * - A call allocates at most 32,767 blocks, freed ones included: the SDK cannot address more.
 * - Importing the SDK makes Node.js print that `node:wasi` is experimental; no guest gets it.
 *
 * The deadline holds for all of a plugin's code. The SDK itself would run `_initialize`, `hs_init`,
 * `_start` and the module's start function without one, so the module that it gets exports them
 * under other names; they run under the limits of the call, as with `ExtismLoader`.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry();
 * const loader = new ExtismSdkLoader();
 * await using plugin = await loader.load(await readFile("geo.wasm"), { registry });
 * const km = await registry.scalar("ai.example.geo.haversine").invoke(batch);
 * ```
 */
export class ExtismSdkLoader extends PluginLoader<ExtismError> {
  constructor(options?: LoaderOptions) {
    super(sdkFormat, options);
  }
}
