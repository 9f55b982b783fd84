/**
 * OpenTelemetry metrics and spans of what plugins do, from the diagnostics channels of `@uni/wasm-rt`.
 *
 * @packageDocumentation
 */

export {
  type ObserveOptions,
  observePlugins,
  type PluginObservation,
} from "./observe-plugins.ts";
