import type { PluginFormat } from "@uni/wasm-rt";
import type { ExtismError } from "../extism-error.ts";
import { extismFormat } from "../extism-format.ts";
import { compileForSdk } from "./compile-for-sdk.ts";
import { loadSdk } from "./load-sdk.ts";
import { SdkEngine } from "./sdk-engine.ts";
import type { SdkImage } from "./sdk-image.ts";

/** The Extism format, with its guests in the official SDK. */
export const sdkFormat: PluginFormat<SdkImage, ExtismError> = {
  ...extismFormat,
  compile: compileForSdk,
  openEngine: async (image) => new SdkEngine(await loadSdk(), image),
};
