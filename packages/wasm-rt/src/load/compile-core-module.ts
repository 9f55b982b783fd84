import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { compileModules } from "./compile-modules.ts";
import type { PluginLimits } from "./plugin-limits.ts";
import { requireKind } from "./require-kind.ts";

/** A core module that guests can be made of. */
export interface CompiledModule {
  readonly module: WebAssembly.Module;
  readonly imports: readonly WebAssembly.ModuleImportDescriptor[];
  /** The functions that it exports. */
  readonly exports: readonly string[];
}

/**
 * Compiles a plugin that is one core module, bounded by the limits.
 *
 * @throws the loader's `INVALID_PLUGIN` where the bytes are anything else, or not valid.
 */
export async function compileCoreModule<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  bytes: Uint8Array,
  limits: PluginLimits,
): Promise<CompiledModule> {
  requireKind(errors, bytes, "core module", {
    component: "a component; @uni/loader-component loads those",
    "WebAssembly text": "WebAssembly text; assemble it first, for example with wat2wasm",
  });
  const [module] = await compileModules(errors, [{ bytes, instances: 1 }], limits);
  if (module === undefined) throw new errors("INTERNAL", "nothing was compiled");
  const exports = WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === "function")
    .map(({ name }) => name);
  return { module, imports: WebAssembly.Module.imports(module), exports };
}

/**
 * @param host such as "Extism host of this kind".
 * @throws the loader's `INSTANTIATE`, naming every import that no host of the format has.
 */
export function requireKnownImports<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  host: string,
  imports: readonly WebAssembly.ModuleImportDescriptor[],
  isKnown: (imported: WebAssembly.ModuleImportDescriptor) => boolean,
): void {
  const unknown = imports
    .filter((imported) => imported.kind !== "function" || !isKnown(imported))
    .map(({ module, name, kind }) => `${module} ${name} (${kind})`);
  if (unknown.length === 0) return;
  throw new errors(
    "INSTANTIATE",
    `the module imports what no ${host} provides: ${unknown.join(", ")}`,
  );
}
