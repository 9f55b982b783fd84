import type { Registration } from "@uni/plugin";
import type { PluginFormat } from "@uni/wasm-rt";
import { promisedExports } from "./abi/export-names.ts";
import { compile } from "./compile.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";

// Compiled, the sibling is JavaScript; in this repository's tests it is its source.
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** The Extism half of the load pipeline. */
export const extismFormat: PluginFormat<ExtismImage, ExtismError> = {
  abiField: "abi-extism",
  hostAbi: "1.0.0",
  errors: ExtismError,
  guestModule: new URL(`./guest.${extension}`, import.meta.url),
  compile,
  runsGuestCodeOnCreation: ({ hasStart }) => hasStart,
  importName: ({ name }) => name,
  hostImports: ({ hostImports }) => hostImports,
  requireExports,
};

function requireExports({ exports }: ExtismImage, { entries }: Registration): void {
  const missing = entries.flatMap(promisedExports).filter((name) => !exports.includes(name));
  if (missing.length === 0) return;
  throw new ExtismError(
    "MANIFEST_INVALID",
    `the plugin registers functions that it does not export: ${missing.join(", ")}`,
  );
}
