import type { Registration } from "@uni/plugin";
import type { PluginFormat } from "@uni/wasm-rt";
import { scalarExport } from "./abi/export-names.ts";
import { compile, functionExports } from "./compile.ts";
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
  requireExports,
};

function requireExports({ module }: ExtismImage, { entries }: Registration): void {
  const exports = functionExports(module);
  const missing = entries
    .map(({ qname }) => scalarExport(qname.toString()))
    .filter((name) => !exports.has(name));
  if (missing.length === 0) return;
  throw new ExtismError(
    "MANIFEST_INVALID",
    `the plugin registers functions that it does not export: ${missing.join(", ")}`,
  );
}
