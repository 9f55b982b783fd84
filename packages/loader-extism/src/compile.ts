import {
  compileCoreModule,
  type PluginLimits,
  requireDocuments,
  requireKnownImports,
  SERVICE_NAMES,
} from "@uni/wasm-rt";
import { blockLimits } from "./abi/block-limits.ts";
import { ENV_MODULE, ENV_NAMES, USER_MODULE } from "./abi/env-names.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";
import { WASI_MODULE, WASI_NAMES } from "./wasi/wasi-imports.ts";

/** Compiles a core module, bounded by the limits, and checks that it is a plugin. */
export async function compile(bytes: Uint8Array, limits: PluginLimits): Promise<ExtismImage> {
  const { module, imports, exports } = await compileCoreModule(ExtismError, bytes, limits);
  requirePlugin(exports);
  requireKnownImports(ExtismError, "Extism host of this kind", imports, isKnown);
  return {
    module,
    importModules: [...new Set(imports.map(({ module }) => module))],
    hostImports: imports
      .filter(({ module, name }) => module === USER_MODULE && !SERVICE_NAMES.has(name))
      .map(({ name }) => name),
    exports,
    blockLimits: blockLimits(limits),
  };
}

function requirePlugin(exports: readonly string[]): void {
  const isCommand = exports.includes("_start");
  if (isCommand && !exports.includes("manifest") && !exports.includes("register")) {
    throw new ExtismError(
      "INVALID_PLUGIN",
      "expected a plugin, got a command: the module exports _start, and neither manifest nor register; build it as a reactor or a library",
    );
  }
  requireDocuments(ExtismError, "module", exports);
}

function isKnown({ module, name }: WebAssembly.ModuleImportDescriptor): boolean {
  if (module === ENV_MODULE) return ENV_NAMES.has(name);
  if (module === WASI_MODULE) return WASI_NAMES.has(name);
  return module === USER_MODULE;
}
