import type { LoadedPlugin, LoaderError, PluginLoader } from "@uni/wasm-rt";
import type { Settings } from "./options.ts";

/** A plugin that is checked, loaded only while something is asked of it. */
export class Subject {
  readonly settings: Settings;
  readonly #bytes: Uint8Array;
  readonly #loader: PluginLoader<LoaderError>;

  constructor(bytes: Uint8Array, loader: PluginLoader<LoaderError>, settings: Settings) {
    this.#bytes = bytes;
    this.#loader = loader;
    this.settings = settings;
  }

  /** Loads the plugin, and closes it whatever becomes of `work`. */
  async loaded<T>(work: (plugin: LoadedPlugin<LoaderError>) => Promise<T> | T): Promise<T> {
    await using plugin = await this.#loader.load(this.#bytes, this.settings.load);
    return await work(plugin);
  }
}
