import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { CoreLoader } from "@uni/loader-core";
import { ExtismLoader } from "@uni/loader-extism";
import type { LoaderError, LoaderOptions, PluginLoader } from "@uni/wasm-rt";

export type FormatName = "Extism" | "component" | "core";
type GuestName = "geo" | "text";

/** A plugin format: what loads it, and plugins of the fixtures that are built for it. */
export interface Format {
  readonly read: (name: GuestName) => Uint8Array;
  readonly loader: (options: LoaderOptions) => PluginLoader<LoaderError>;
}

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  Extism: { read: readFixture, loader: (options) => new ExtismLoader(options) },
  component: {
    read: readComponent,
    // What an earlier run worked out would make the time of a load say nothing.
    loader: (options) => new ComponentLoader({ ...options, cache: false }),
  },
  core: { read: readCore, loader: (options) => new CoreLoader(options) },
};

/** What the build of the loader leaves beside its sources; it is not part of the package. */
function readCore(name: GuestName): Uint8Array {
  const home = import.meta.resolve("@uni/loader-core/package.json");
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`guests/dist/${name}.wasm`, home))));
}
