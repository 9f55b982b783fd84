import type { AggregateFunction, PluginManifest, Procedure, ScalarFunction } from "@uni/plugin";
import { LoaderError } from "@uni/wasm-rt";
import type { Subject } from "./subject.ts";

/** What a plugin says of itself; the functions are of a load that was closed, and not to be called. */
export interface Learned {
  readonly manifest: PluginManifest;
  readonly scalars: readonly ScalarFunction[];
  readonly aggregates: readonly AggregateFunction[];
  readonly procedures: readonly Procedure[];
}

/**
 * Loads a plugin once, and closes it.
 *
 * @returns the loader's error where the plugin does not load.
 * @throws what is not the plugin's doing, such as `CLOSED` of a loader that was closed.
 */
export async function learn(subject: Subject): Promise<Learned | LoaderError> {
  try {
    return await subject.loaded(({ manifest, scalars, aggregates, procedures }) => ({
      ...{ manifest, scalars, aggregates, procedures },
    }));
  } catch (error) {
    if (error instanceof LoaderError && error.code !== "CLOSED") return error;
    throw error;
  }
}
