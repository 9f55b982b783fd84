import type { Registration } from "@uni/plugin";
import {
  type PluginFormat,
  promisedExports,
  requirePromised,
  siblingModule,
} from "@uni/wasm-rt";
import { __Name__Error } from "./__name__-error.ts";
import { compile } from "./compile.ts";
import type { __Name__Image } from "./image.ts";

/** The __name__ half of the load pipeline. */
export const __camelName__Format: PluginFormat<__Name__Image, __Name__Error> = {
  abiField: "abi-__name__",
  hostAbi: "1.0.0",
  errors: __Name__Error,
  guestModule: siblingModule(import.meta.url, "./guest"),
  compile,
  importName: ({ name }) => name,
  hostImports: ({ hostImports }) => hostImports,
  requireExports,
};

/** The names are those of the contract's table; a format with other names has its own list here. */
function requireExports({ exports }: __Name__Image, { entries }: Registration): void {
  requirePromised(__Name__Error, entries.flatMap(promisedExports), exports);
}
