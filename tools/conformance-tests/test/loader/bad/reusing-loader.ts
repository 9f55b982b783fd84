import type { ExtismError } from "@uni/loader-extism";
import { type LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import { extismFormat } from "../../../../../packages/loader-extism/src/extism-format.ts";

/** Uses one guest for all calls of a plugin. */
export class ReusingLoader extends PluginLoader<ExtismError> {
  constructor(options: LoaderOptions) {
    super(
      { ...extismFormat, guestModule: new URL("./reused-guests.ts", import.meta.url) },
      options,
    );
  }
}
