import { PluginRegistry, type ScalarFunction } from "@uni/plugin";
import type { LoaderError, PluginLoader } from "@uni/wasm-rt";
import { batchOf } from "../batch-of.ts";

// From a pole to a pole, and from a place to itself.
const PLACES = batchOf([[90, 1]], [[0, 2]], [[-90, 1]], [[0, 2]]);
/** Half of the circumference of a sphere of 6371 km. */
const POLE_TO_POLE_KM = Math.PI * 6371;

/** Another plugin, whose calls have to be right whatever a hostile one does. */
export class Neighbour {
  readonly #distance: ScalarFunction;

  private constructor(distance: ScalarFunction) {
    this.#distance = distance;
  }

  /** @param bytes the plugin `ai.example.geo`. */
  static async load(loader: PluginLoader<LoaderError>, bytes: Uint8Array): Promise<Neighbour> {
    const registry = new PluginRegistry();
    await loader.load(bytes, { registry });
    return new Neighbour(registry.scalar("ai.example.geo.haversine"));
  }

  /** Calls it on as many threads as there may be. @throws Error unless every answer is right. */
  async answers(): Promise<void> {
    const calls = Array.from({ length: 2 }, () => this.#distance.invoke(PLACES));
    for (const answer of await Promise.all(calls)) {
      const [far, none] = answer;
      if (Math.abs(far - POLE_TO_POLE_KM) < 20 && none === 0) continue;
      throw new Error(`the neighbour answered ${far} and ${none}`);
    }
  }
}
