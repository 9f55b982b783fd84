import type { LoadedPlugin, LoaderError, PluginLoader } from "@uni/wasm-rt";
import { batchOf } from "../batches/batch-of.ts";
import type { ConformingLoader } from "./conforming-loader.ts";

type Farewell = (loader: PluginLoader<LoaderError>, plugin: LoadedPlugin<LoaderError>) => unknown;

/** What a process does last, while a call is under way that loops; and what becomes of the call. */
export const FAREWELLS: Readonly<
  Record<string, readonly [what: string, farewell: Farewell, code: string]>
> = {
  nothing: ["nothing is closed", () => {}, "TIMEOUT"],
  "plugin-closed": ["the plugin is closed", (_, plugin) => plugin.close(), "TIMEOUT"],
  "plugin-destroyed": ["the plugin is destroyed", (_, plugin) => plugin.destroy(), "CLOSED"],
  "loader-closed": ["the loader is closed", (loader) => loader.close(), "TIMEOUT"],
  "loader-destroyed": ["the loader is destroyed", (loader) => loader.destroy(), "CLOSED"],
};

const DEADLINE_MS = 200;

/**
 * In a process of its own: loads a guest that loops, calls it, says farewell, and prints what came.
 *
 * @param bytes the guest; making one would take most of the process's time.
 */
export async function sayFarewell(
  { make }: ConformingLoader,
  bytes: Uint8Array,
  isolation: string,
  farewell: string,
): Promise<void> {
  const loader = make({
    isolation: isolation === "inline" ? "inline" : "thread",
    logger: () => {},
  });
  const loaded = await loader.load(bytes);
  const [scalar] = loaded.scalars;
  const call = scalar?.invoke(batchOf([[1]]), { timeoutMs: DEADLINE_MS });
  const ended = call?.catch((error: unknown) => console.log(JSON.stringify(error)));
  await FAREWELLS[farewell]?.[1](loader, loaded);
  await ended;
}
