import type { LoadedPlugin, LoaderError, PluginLoader } from "@uni/wasm-rt";
import { batchOf } from "../batch-of.ts";
import { forever } from "./attack.ts";
import { type AttackedLoader, hostOf } from "./attacked-loader.ts";

type Farewell = (loader: PluginLoader<LoaderError>, plugin: LoadedPlugin<LoaderError>) => unknown;

/** What a process does last, while a call is under way that loops; and what becomes of the call. */
export const FAREWELLS: Readonly<Record<string, readonly [Farewell, code: string]>> = {
  "nothing is closed": [() => {}, "TIMEOUT"],
  "the plugin is closed": [(_, plugin) => plugin.close(), "TIMEOUT"],
  "the plugin is destroyed": [(_, plugin) => plugin.destroy(), "CLOSED"],
  "the loader is closed": [(loader) => loader.close(), "TIMEOUT"],
  "the loader is destroyed": [(loader) => loader.destroy(), "CLOSED"],
};

const DEADLINE_MS = 200;

/** In a process of its own: loads a guest that loops, calls it, and says farewell. */
export async function sayFarewell(
  { make, plugin }: AttackedLoader,
  [isolation, farewell = ""]: readonly string[],
): Promise<void> {
  const loader = make(hostOf(isolation === "inline" ? "inline" : "thread"));
  const attack = { name: "loop", body: forever(), deadlineMs: DEADLINE_MS, code: "TIMEOUT" };
  const loaded = await loader.load(await plugin(attack));
  const [scalar] = loaded.scalars;
  const call = scalar?.invoke(batchOf([[1]]), { timeoutMs: DEADLINE_MS });
  const ended = call?.catch((error: unknown) => console.log(JSON.stringify(error)));
  await FAREWELLS[farewell]?.[0](loader, loaded);
  await ended;
}
