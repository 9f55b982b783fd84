import {
  compileCoreModule,
  type PluginLimits,
  requireDocuments,
  requireKnownImports,
  SERVICE_NAMES,
} from "@uni/wasm-rt";
import { CoreError } from "./core-error.ts";
import { HOST_MODULE } from "./host-imports.ts";
import type { CoreImage } from "./image.ts";

/** Compiles a core module, bounded by the limits, and checks that it is a plugin. */
export async function compile(bytes: Uint8Array, limits: PluginLimits): Promise<CoreImage> {
  const { module, imports, exports } = await compileCoreModule(CoreError, bytes, limits);
  requireDocuments(CoreError, "module", exports);
  requireMemory(module, exports);
  const isKnown = (imported: { module: string }) => imported.module === HOST_MODULE;
  requireKnownImports(CoreError, "core host", imports, isKnown);
  const hostImports = imports.map(({ name }) => name).filter((name) => !SERVICE_NAMES.has(name));
  return { module, hostImports, exports };
}

function requireMemory(module: WebAssembly.Module, functions: readonly string[]): void {
  const memories = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "memory");
  const known = [...functions, ...memories.map(({ name }) => name)];
  const missing = ["memory", "alloc", "dealloc"].filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  throw new CoreError(
    "INVALID_PLUGIN",
    `expected a module that exports memory, alloc and dealloc; this one does not export ${missing.join(" and ")}`,
  );
}
