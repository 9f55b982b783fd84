import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { CoreLoader } from "@uni/loader-core";
import { ExtismLoader } from "@uni/loader-extism";
import type { LoaderError, LoaderOptions, PluginLoader } from "@uni/wasm-rt";

/** A plugin format: what loads it, and the plugin `ai.example.geo` built for it. */
export interface Format {
  readonly name: string;
  readonly geo: () => Uint8Array;
  readonly loader: (options?: LoaderOptions) => PluginLoader<LoaderError>;
}

export const EXTISM: Format = {
  name: "Extism",
  geo: () => readFixture("geo"),
  loader: (options) => new ExtismLoader(options),
};

export const COMPONENT: Format = {
  name: "component",
  geo: () => readComponent("geo"),
  // What an earlier run worked out would make the time of a load say nothing.
  loader: (options) => new ComponentLoader({ ...options, cache: false }),
};

export const CORE: Format = {
  name: "core module",
  geo: readCoreGeo,
  loader: (options) => new CoreLoader(options),
};

export const FORMATS: readonly Format[] = [EXTISM, COMPONENT, CORE];

/** What the build of the loader leaves beside its sources; it is not part of the package. */
function readCoreGeo(): Uint8Array {
  const url = new URL("guests/dist/geo.wasm", import.meta.resolve("@uni/loader-core/package.json"));
  return new Uint8Array(readFileSync(fileURLToPath(url)));
}
