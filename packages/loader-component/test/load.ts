import { type ComponentName, readComponent } from "@uni/fixtures";
import { PluginRegistry, type ScalarFunction } from "@uni/plugin";
import { type LoadedPlugin, LoaderError, type LoadOptions } from "@uni/wasm-rt";
import { expect } from "vitest";
import { ComponentError, ComponentLoader, type ComponentLoaderOptions } from "../src/index.ts";

/** A loader that keeps nothing on disk. */
export function loaderOf(options: ComponentLoaderOptions = {}): ComponentLoader {
  return new ComponentLoader({ cache: false, ...options });
}

/** Takes a component apart once for all tests of a file that need no options of their own. */
export const sharedLoader: ComponentLoader = loaderOf();

/** Loads a built component into a registry of its own; `scalar` takes a name without the plugin's id. */
export async function loadBuilt(
  name: ComponentName,
  options: LoadOptions = {},
  loader: ComponentLoader = sharedLoader,
) {
  const registry = new PluginRegistry();
  const plugin = await loader.load(readComponent(name), { registry, ...options });
  const scalar = (local: string) => registry.scalar(`ai.example.${name}.${local}`);
  return { plugin, registry, scalar };
}

/** What a load is refused with; nothing of the plugin is registered then. */
export async function refusal(
  bytes: Uint8Array,
  options: LoadOptions = {},
  loader: ComponentLoader = sharedLoader,
): Promise<ComponentError> {
  const registry = new PluginRegistry();
  try {
    await loader.load(bytes, { registry, ...options });
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    expect(registry.plugins()).toEqual([]);
    expect(error).toBeInstanceOf(LoaderError);
    return error;
  }
  throw new Error("the plugin was loaded");
}

/** The one scalar function of a plugin. */
export function onlyScalar(plugin: LoadedPlugin<ComponentError>): ScalarFunction {
  const [scalar] = plugin.scalars;
  if (scalar === undefined) throw new Error("the plugin registers no scalar function");
  return scalar;
}
