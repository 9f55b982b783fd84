import { compileModules, type PluginLimits, requireDocuments, requireKind } from "@uni/wasm-rt";
import { __Name__Error } from "./__name__-error.ts";
import { HOST_MODULE, SERVICE_NAMES } from "./host-imports.ts";
import type { __Name__Image } from "./image.ts";

/** Compiles a core module, bounded by the limits, and checks that it is a plugin. */
export async function compile(bytes: Uint8Array, limits: PluginLimits): Promise<__Name__Image> {
  requireKind(__Name__Error, bytes, "core module", {
    component: "a component; @uni/loader-component loads those",
    "WebAssembly text": "WebAssembly text; assemble it first, for example with wat2wasm",
  });
  const [module] = await compileModules(__Name__Error, [{ bytes, instances: 1 }], limits);
  if (module === undefined) throw new __Name__Error("INTERNAL", "nothing was compiled");
  const imports = WebAssembly.Module.imports(module);
  const exports = WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === "function")
    .map(({ name }) => name);
  requireDocuments(__Name__Error, "module", exports);
  requireKnownImports(imports);
  const hostImports = imports.map(({ name }) => name).filter((name) => !SERVICE_NAMES.has(name));
  return { module, hostImports, exports };
}

function requireKnownImports(imports: readonly WebAssembly.ModuleImportDescriptor[]): void {
  const unknown = imports
    .filter(({ module, kind }) => module !== HOST_MODULE || kind !== "function")
    .map(({ module, name, kind }) => `${module} ${name} (${kind})`);
  if (unknown.length === 0) return;
  throw new __Name__Error(
    "INSTANTIATE",
    `the module imports what no __name__ host provides: ${unknown.join(", ")}; it provides functions of ${HOST_MODULE}`,
  );
}
