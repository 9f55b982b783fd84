import {
  compileCoreModule,
  type PluginLimits,
  requireDocuments,
  requireKnownImports,
  SERVICE_NAMES,
} from "@uni/wasm-rt";
import { __Name__Error } from "./__name__-error.ts";
import { HOST_MODULE } from "./host-imports.ts";
import type { __Name__Image } from "./image.ts";

/** Compiles a core module, bounded by the limits, and checks that it is a plugin. */
export async function compile(bytes: Uint8Array, limits: PluginLimits): Promise<__Name__Image> {
  const { module, imports, exports } = await compileCoreModule(__Name__Error, bytes, limits);
  requireDocuments(__Name__Error, "module", exports);
  const isKnown = (imported: { module: string }) => imported.module === HOST_MODULE;
  requireKnownImports(__Name__Error, "__name__ host", imports, isKnown);
  const hostImports = imports.map(({ name }) => name).filter((name) => !SERVICE_NAMES.has(name));
  return { module, hostImports, exports };
}
