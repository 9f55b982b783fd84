import type { ExtismPluginOptions } from "@extism/extism";
import type { GuestImports } from "@uni/wasm-rt";
import { BYTES_PER_PAGE } from "../abi/block-limits.ts";
import { MAX_VAR_BYTES } from "../abi/guest-vars.ts";
import { guestLog } from "./guest-log.ts";
import { type SdkGuestAccess, sdkFunctions } from "./sdk-functions.ts";
import type { SdkImage } from "./sdk-image.ts";

/** What the SDK makes one guest with: no network, no files, no worker. */
export function pluginOptions(
  access: SdkGuestAccess,
  { services, config }: GuestImports,
  { importModules, blockLimits }: SdkImage,
): ExtismPluginOptions {
  return {
    functions: sdkFunctions(access, services, importModules),
    // The SDK looks keys up with `in`, which finds what a prototype has.
    config: Object.assign(Object.create(null), config),
    logger: guestLog(services),
    // What a guest says is the host's to drop.
    logLevel: "trace",
    memory: { maxPages: blockLimits.bytes / BYTES_PER_PAGE, maxVarBytes: MAX_VAR_BYTES },
    allowedHosts: [],
    allowedPaths: {},
    fetch: refuseFetch,
    // Its WASI would be node:wasi; a guest gets the host's through the bridge.
    useWasi: false,
    runInWorker: false,
  };
}

async function refuseFetch(): Promise<never> {
  throw new Error("a plugin has no network of its own");
}
