import { compileModules, type PluginLimits, requireDocuments, requireKind } from "@uni/wasm-rt";
import { ENV_MODULE, ENV_NAMES, SERVICE_NAMES, USER_MODULE } from "./abi/env-names.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";
import { WASI_MODULE, WASI_NAMES } from "./wasi/wasi-imports.ts";

/** Compiles a core module, bounded by the limits, and checks that it is a plugin. */
export async function compile(bytes: Uint8Array, limits: PluginLimits): Promise<ExtismImage> {
  requireCoreModule(bytes);
  const [module] = await compileModules(ExtismError, [{ bytes, instances: 1 }], limits);
  if (module === undefined) throw new ExtismError("INTERNAL", "nothing was compiled");
  const imports = WebAssembly.Module.imports(module);
  const exports = WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === "function")
    .map(({ name }) => name);
  requirePlugin(exports);
  requireKnownImports(imports);
  return {
    module,
    importModules: [...new Set(imports.map(({ module }) => module))],
    hostImports: imports
      .filter(({ module, name }) => module === USER_MODULE && !SERVICE_NAMES.has(name))
      .map(({ name }) => name),
    exports,
  };
}

function requireCoreModule(bytes: Uint8Array): void {
  requireKind(ExtismError, bytes, "core module", {
    component: "a component; @uni/loader-component loads those",
    "WebAssembly text": "WebAssembly text; assemble it first, for example with wat2wasm",
  });
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

function requireKnownImports(imports: readonly WebAssembly.ModuleImportDescriptor[]): void {
  const unknown = imports
    .filter((descriptor) => !isKnown(descriptor))
    .map(({ module, name, kind }) => `${module} ${name} (${kind})`);
  if (unknown.length === 0) return;
  throw new ExtismError(
    "INSTANTIATE",
    `the module imports what no Extism host of this kind provides: ${unknown.join(", ")}`,
  );
}

function isKnown({ module, name, kind }: WebAssembly.ModuleImportDescriptor): boolean {
  if (kind !== "function") return false;
  if (module === ENV_MODULE) return ENV_NAMES.has(name);
  if (module === WASI_MODULE) return WASI_NAMES.has(name);
  return module === USER_MODULE;
}
