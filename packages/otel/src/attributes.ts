import type { Attributes } from "@opentelemetry/api";
import type { CallEnded, CallStarted, LoadEnded } from "@uni/wasm-rt";

/** Names a plugin. Both come from a manifest that was checked. */
export function pluginAttributes(id: string, version: string): Attributes {
  return { "uni.plugin.id": id, "uni.plugin.version": version };
}

/** Names a function of a plugin. */
export function functionAttributes(call: CallStarted): Attributes {
  return {
    ...pluginAttributes(call.pluginId, call.pluginVersion),
    "uni.function.name": call.function,
    "uni.function.surface": call.surface,
  };
}

/** What came of one call: for spans alone, since no two calls have the same. */
export function callAttributes({ call, bytesIn, bytesOut, stagesMs }: CallEnded): Attributes {
  return {
    "uni.call.rows": call.rows,
    "uni.call.input.size": bytesIn,
    "uni.call.output.size": bytesOut,
    // One that is undefined is not recorded.
    "uni.call.encode_time": seconds(stagesMs.encode),
    "uni.call.wait_time": seconds(stagesMs.wait),
    "uni.call.create_time": seconds(stagesMs.instantiate),
    "uni.call.use_time": seconds(stagesMs.execute),
    "uni.call.decode_time": seconds(stagesMs.decode),
  };
}

/** Names a load: its format, and the plugin where its manifest could be read. */
export function loadAttributes({ load, pluginId, pluginVersion }: LoadEnded): Attributes {
  const plugin =
    pluginId === undefined || pluginVersion === undefined
      ? {}
      : pluginAttributes(pluginId, pluginVersion);
  return { "uni.plugin.abi_field": load.abiField, ...plugin };
}

/**
 * Says what something failed with, nothing where it did not. The conventions have a word of their own for
 * what has no code.
 */
export function errorAttributes(errorCode: string | undefined): Attributes {
  if (errorCode === undefined) return {};
  return { "error.type": errorCode === "OTHER" ? "_OTHER" : errorCode };
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
