import { harden, type PluginLimits, sandboxLimits } from "@uni/wasm-rt";
import { ENV_MODULE } from "../abi/env-names.ts";
import { compile } from "../compile.ts";
import { ExtismError } from "../extism-error.ts";
import type { ExtismImage } from "../image.ts";
import { hideSetup } from "./hide-setup.ts";
import type { SdkImage } from "./sdk-image.ts";

/** Compiles a plugin behind the checks of every Extism plugin, and those that the SDK needs. */
export async function compileForSdk(bytes: Uint8Array, limits: PluginLimits): Promise<SdkImage> {
  const image = await compile(bytes, limits);
  requireNoSuspension(image);
  const { bytes: hidden, renamed } = hideSetup(harden(bytes, sandboxLimits(limits)));
  if (renamed.size === 0) return { ...image, renamed };
  return { ...image, module: await WebAssembly.compile(hidden), renamed };
}

// Where the engine can suspend a guest, the SDK puts an HTTP client of its own behind this import,
// and what the guest does after it would run in a later task, outside of the deadline.
function requireNoSuspension({ module }: ExtismImage): void {
  if (!("promising" in WebAssembly)) return;
  const imported = WebAssembly.Module.imports(module).some(
    ({ module, name }) => module === ENV_MODULE && name === "http_request",
  );
  if (!imported) return;
  throw new ExtismError(
    "INSTANTIATE",
    "the module imports http_request, with which the SDK suspends a guest on this Node.js and its deadline is lost; ExtismLoader loads such plugins",
  );
}
