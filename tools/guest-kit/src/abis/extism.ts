import { join } from "node:path";
import type { GuestAbi } from "../guest-abi.ts";
import { libraryFolder } from "../library-folder.ts";
import { wrapExports } from "../passes/wrap-exports.ts";

/** Extism: a core module whose exports take nothing and return a status. */
export const extismAbi: GuestAbi = {
  host: "Extism host",
  libraries: [libraryFolder("extism")],
  packages: [join(import.meta.dirname, "../../node_modules")],
  abort: "uni/abi/abort",
  exports: ["uni/abi/exports"],
  passes: [wrapExports({ begin: "uni_begin", end: "uni_end" })],
  hasImport: ({ module }) => module === "extism:host/env",
};
