import { createHash } from "node:crypto";
import { binaryKind, leadingBytes } from "@uni/wasm-rt";
import { CliError } from "../errors/cli-error.ts";
import type { BinaryDescription } from "./binary-description.ts";
import { readComponent } from "./read-component.ts";
import { readCoreModule } from "./read-core-module.ts";
import { isPrecompiled, readPrecompiled } from "./read-precompiled.ts";

export type PluginFormat = "extism" | "component" | "precompiled" | "core";

/** What people call the formats. */
export const FORMAT_NAMES: Readonly<Record<PluginFormat, string>> = {
  extism: "Extism plugin",
  component: "component",
  precompiled: "component, precompiled",
  core: "core module",
};

/** A plugin's file, as far as its bytes alone say what it is. */
export interface PluginFile extends BinaryDescription {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: PluginFormat;
  readonly sha256: string;
}

/**
 * Finds out which loader takes these bytes.
 *
 * @throws CliError `NOT_A_PLUGIN` where none does.
 */
export function detectFormat(path: string, bytes: Uint8Array<ArrayBuffer>): PluginFile {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  try {
    return { path, bytes, sha256, ...described(path, bytes) };
  } catch (cause) {
    if (!(cause instanceof RangeError || cause instanceof SyntaxError)) throw cause;
    const message = `${path} is not valid WebAssembly: ${cause.message}`;
    throw new CliError("NOT_A_PLUGIN", message, {
      hint: "it may have been cut off: build it again, or download it again",
      cause,
    });
  }
}

function described(
  path: string,
  bytes: Uint8Array,
): BinaryDescription & { readonly format: PluginFormat } {
  if (isPrecompiled(bytes)) return { format: "precompiled", ...readPrecompiled(bytes) };
  switch (binaryKind(bytes)) {
    case "component":
      return { format: "component", ...readComponent(bytes) };
    case "core module": {
      const description = readCoreModule(bytes);
      return { format: coreFormat(path, description), ...description };
    }
    case "WebAssembly text":
      throw notAPlugin(
        path,
        "it is WebAssembly text",
        "assemble it first, for example with wat2wasm",
      );
    case "unknown":
      throw notAPlugin(
        path,
        `it is no WebAssembly, and starts with ${leadingBytes(bytes)}`,
        "a plugin is a .wasm file: an Extism plugin, a component or a core module",
      );
  }
}

/** Both formats are core modules that export their documents; they differ in how bytes cross. */
function coreFormat(path: string, { imports, exports }: BinaryDescription): PluginFormat {
  const missing = ["manifest", "register"].filter((name) => !exports.includes(name));
  if (missing.length > 0) {
    throw notAPlugin(
      path,
      `it is a core module that does not export ${missing.join(" and ")}`,
      "a plugin exports the functions manifest and register",
    );
  }
  // Blocks of a host's memory are how an Extism plugin gets and gives anything.
  if (imports.some(({ from }) => from.startsWith("extism:"))) return "extism";
  return exports.includes("alloc") && exports.includes("memory") ? "core" : "extism";
}

function notAPlugin(path: string, why: string, hint: string): CliError {
  return new CliError("NOT_A_PLUGIN", `${path} is not a plugin: ${why}`, { hint });
}
