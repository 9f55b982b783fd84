import type { Registration } from "@uni/plugin";
import { type PluginFormat, promisedExports, requirePromised, siblingModule } from "@uni/wasm-rt";
import { compile } from "./compile.ts";
import { CoreError } from "./core-error.ts";
import type { CoreImage } from "./image.ts";

/** The core half of the load pipeline. */
export const coreFormat: PluginFormat<CoreImage, CoreError> = {
  abiField: "abi-core",
  hostAbi: "1.0.0",
  errors: CoreError,
  guestModule: siblingModule(import.meta.url, "./guest"),
  compile,
  importName: ({ name }) => name,
  hostImports: ({ hostImports }) => hostImports,
  requireExports,
};

/** The names are those of the contract's table; a format with other names has its own list here. */
function requireExports({ exports }: CoreImage, { entries }: Registration): void {
  requirePromised(CoreError, entries.flatMap(promisedExports), exports);
}
