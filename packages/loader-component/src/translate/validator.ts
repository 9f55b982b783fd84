import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { ComponentError } from "../component-error.ts";

const PACKAGE = "@bytecodealliance/jco-transpile";

/**
 * The version of the installed validator.
 *
 * @throws ComponentError `INSTANTIATE` where it is not installed.
 */
export function validatorVersion(): string {
  installed ??= readVersion();
  return installed;
}

// Every load asks; what is installed stays so for as long as the process.
let installed: string | undefined;

function readVersion(): string {
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(`${PACKAGE}/wasm-tools`);
  } catch (cause) {
    throw new ComponentError(
      "INSTANTIATE",
      `components are validated with ${PACKAGE}, which is not installed: install it, or load what ComponentLoader.precompile made of the component`,
      { cause },
    );
  }
  // The package exports no package.json; its entry is in its folder "dist".
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", pathToFileURL(entry)), "utf8"),
  );
  return (manifest as { readonly version: string }).version;
}
