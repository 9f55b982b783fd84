import type { Registration } from "@uni/plugin";
import { type PluginFormat, promisedExports, requirePromised, siblingModule } from "@uni/wasm-rt";
import { compile } from "./compile.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";

/** The Extism half of the load pipeline. */
export const extismFormat: PluginFormat<ExtismImage, ExtismError> = {
  abiField: "abi-extism",
  hostAbi: "1.0.0",
  errors: ExtismError,
  guestModule: siblingModule(import.meta.url, "./guest"),
  compile,
  importName: ({ name }) => name,
  hostImports: ({ hostImports }) => hostImports,
  requireExports,
};

function requireExports({ exports }: ExtismImage, { entries }: Registration): void {
  requirePromised(ExtismError, entries.flatMap(promisedExports), exports);
}
