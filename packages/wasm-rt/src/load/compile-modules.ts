import { type GuestModuleBytes, hardenTogether } from "../sandbox/harden.ts";
import { HardenError } from "../sandbox/harden-error.ts";
import type { LoaderError, LoaderErrorClass } from "./loader-error.ts";
import type { PluginLimits } from "./plugin-limits.ts";

/**
 * Compiles the core modules of a guest, bounded by the limits.
 *
 * @throws the loader's `INVALID_PLUGIN` for a module that is not valid or cannot be bounded, and
 * `RESOURCE_LIMIT` where they start beyond the limits.
 */
export async function compileModules<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  modules: readonly GuestModuleBytes[],
  limits: PluginLimits,
): Promise<WebAssembly.Module[]> {
  for (const { bytes } of modules) await requireValid(errors, bytes);
  const hardened = hardenedModules(errors, modules, limits);
  return Promise.all(hardened.map((bytes) => WebAssembly.compile(bytes)));
}

/** The engine judges a module as it is, before anything is rewritten. */
async function requireValid<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  bytes: Uint8Array,
): Promise<void> {
  // The bytes are the load's own copy, so never on shared memory.
  const own = bytes as Uint8Array<ArrayBuffer>;
  if (WebAssembly.validate(own)) return;
  try {
    await WebAssembly.compile(own);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the module is not valid WebAssembly: ${reason}`;
    throw new errors("INVALID_PLUGIN", message, { cause });
  }
  throw new errors("INTERNAL", "the engine refused and then compiled the same module");
}

function hardenedModules<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  modules: readonly GuestModuleBytes[],
  limits: PluginLimits,
): Uint8Array<ArrayBuffer>[] {
  try {
    return hardenTogether(modules, limits);
  } catch (cause) {
    if (!(cause instanceof HardenError)) throw cause;
    const code = cause.code === "OVER_LIMIT" ? "RESOURCE_LIMIT" : "INVALID_PLUGIN";
    throw new errors(code, cause.message, { cause });
  }
}
