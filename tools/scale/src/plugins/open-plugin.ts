import type { ScalarFunction } from "@uni/plugin";
import type { Isolation, LoadedPlugin, LoaderError } from "@uni/wasm-rt";

/** More than a call of ten million rows takes, on a machine that does other work too. */
const TIMEOUT_MS = 600_000;
/** All that a memory with addresses of 32 bits can have. */
const MEMORY_PAGES = 65_536;

export const LIMITS = { memoryPages: MEMORY_PAGES, timeoutMs: TIMEOUT_MS } as const;

/** Guests of a plugin that may be live at once, as it is unless a host says otherwise. */
export const CAP = 4;

/** @throws Error where the plugin has no such function. */
export function scalarOf(plugin: LoadedPlugin<LoaderError>, local: string): ScalarFunction {
  const found = plugin.scalars.find(({ name }) => name.local === local);
  if (found === undefined) throw new Error(`${plugin.id} has no function ${local}`);
  return found;
}

/** @throws Error for the floor, where nothing runs. */
export function isolationOf(where: string): Isolation {
  if (where === "thread" || where === "inline") return where;
  throw new Error(`no guests run in "${where}"`);
}
