import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { type GuestModuleBytes, hardenTogether } from "../sandbox/harden.ts";
import { HardenError } from "../sandbox/harden-error.ts";
import type { HardenLimits } from "../sandbox/harden-limits.ts";
import type { UnsharedBytes } from "../sandbox/unshared-bytes.ts";
import type { PluginLimits } from "./plugin-limits.ts";

/** A call ends soon, so what it allocates on the engine's heap is bounded in all. */
const HEAP_BYTES = 2 ** 28;

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
  const hardened = hardenedModules(errors, modules, limits);
  return Promise.all(hardened.map((bytes) => WebAssembly.compile(bytes)));
}

/** What the modules of a guest may use that has these limits. */
export function sandboxLimits({
  memoryPages,
  tableElements,
  fuelPerCall,
}: PluginLimits): HardenLimits {
  return { memoryPages, tableElements, heapBytes: HEAP_BYTES, fuel: fuelPerCall };
}

function hardenedModules<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  modules: readonly GuestModuleBytes[],
  limits: PluginLimits,
): UnsharedBytes[] {
  try {
    return hardenTogether(modules, sandboxLimits(limits));
  } catch (cause) {
    if (!(cause instanceof HardenError)) throw cause;
    const code = cause.code === "OVER_LIMIT" ? "RESOURCE_LIMIT" : "INVALID_PLUGIN";
    throw new errors(code, cause.message, { cause });
  }
}
