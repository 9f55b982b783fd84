import type { ScalarFunction } from "@uni/plugin";
import type { LoaderError, PluginLoader } from "@uni/wasm-rt";
import { batchOf } from "../../batches/batch-of.ts";
import { fail } from "../../check.ts";
import { ECHOES } from "../../guests/canned.ts";

const VALUES = [1, null, Number.POSITIVE_INFINITY, -0];

/** Another plugin, whose calls have to be right whatever a hostile one does. */
export class Neighbour {
  readonly #echo: ScalarFunction | undefined;

  private constructor(echo: ScalarFunction | undefined) {
    this.#echo = echo;
  }

  /** @param bytes the plugin of {@link ECHOES}. */
  static async load(loader: PluginLoader<LoaderError>, bytes: Uint8Array): Promise<Neighbour> {
    const { scalars } = await loader.load(bytes);
    return new Neighbour(scalars[0]);
  }

  /** Calls it on as many threads as there may be. @throws CheckFailure unless every answer is right. */
  async answers(): Promise<void> {
    const batch = batchOf([VALUES]);
    const calls = Array.from({ length: 2 }, () => this.#echo?.invoke(batch));
    for (const answer of await Promise.all(calls)) {
      const values = [...(answer ?? [])];
      const right = VALUES.every((value, i) => Object.is(value, values[i]));
      if (!right) fail("another plugin to answer what it was given", values);
    }
  }
}
