import { readFileSync } from "node:fs";
import { readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { CoreLoader } from "@uni/loader-core";
import { ExtismLoader } from "@uni/loader-extism";
import { PluginRegistry } from "@uni/plugin";
import type { LoaderOptions, LoadOptions, PoolMetrics } from "@uni/wasm-rt";
import { closing } from "./database.ts";

export type BuiltPlugin = "geo" | "stats" | "text" | "vec" | "stateful";
export type Isolation = "inline" | "thread";

const core = (name: BuiltPlugin) =>
  new Uint8Array(
    readFileSync(new URL(`../../loader-core/guests/dist/${name}.wasm`, import.meta.url)),
  );

/** What the tests use of a loaded plugin, whichever its loader. */
interface Loaded {
  readonly pool: { readonly metrics: PoolMetrics };
  close(): Promise<void>;
}

interface AnyLoader {
  load(bytes: Uint8Array, options: LoadOptions): Promise<Loaded>;
}

export interface Format {
  readonly name: string;
  /** Loads plugins, and has them closed after the test. */
  load(
    names: readonly BuiltPlugin[],
    registry: PluginRegistry,
    isolation: Isolation,
  ): Promise<Loaded[]>;
}

function formatOf(
  name: string,
  make: (options: LoaderOptions) => AnyLoader,
  read: (name: BuiltPlugin) => Uint8Array,
): Format {
  return {
    name,
    async load(names, registry, isolation) {
      const loader = make({ isolation });
      const plugins = await Promise.all(names.map((each) => loader.load(read(each), { registry })));
      for (const plugin of plugins) closing(() => plugin.close());
      return plugins;
    },
  };
}

export const FORMATS: readonly Format[] = [
  formatOf("Extism", (options) => new ExtismLoader(options), readFixture),
  formatOf("component", (options) => new ComponentLoader(options), readComponent),
  formatOf("core", (options) => new CoreLoader(options), core),
];

/** A registry with plugins of one format. */
export async function registryWith(
  format: Format,
  names: readonly BuiltPlugin[],
  isolation: Isolation = "inline",
): Promise<PluginRegistry> {
  const registry = new PluginRegistry();
  await format.load(names, registry, isolation);
  return registry;
}
