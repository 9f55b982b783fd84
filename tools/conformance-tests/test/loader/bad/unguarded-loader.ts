import type { ExtismError } from "@uni/loader-extism";
import type { Accumulator } from "@uni/plugin";
import type { LoadedPlugin, LoaderOptions, LoadOptions } from "@uni/wasm-rt";
import { like } from "../broken.ts";
import { AroundLoader } from "./around-engine.ts";
import { streamWithoutTags, withoutTags } from "./without-tags.ts";

/** Has no membrane: what is tagged as a secret crosses without its tag, in both directions. */
export class UnguardedLoader extends AroundLoader {
  constructor(options: LoaderOptions) {
    super(options, {
      call: async (run, called) => streamWithoutTags(await run(...called)),
      callSync: (run, called) => streamWithoutTags(run(...called)),
    });
  }

  override async load(
    bytes: Uint8Array,
    options?: LoadOptions,
  ): Promise<LoadedPlugin<ExtismError>> {
    const plugin = await super.load(bytes, options);
    return like(plugin, {
      scalars: plugin.scalars.map((scalar) =>
        like(scalar, {
          invoke: (args, call) => scalar.invoke(withoutTags(args), call),
          invokeSync: (args, call) => scalar.invokeSync(withoutTags(args), call),
        }),
      ),
      aggregates: plugin.aggregates.map((aggregate) =>
        like(aggregate, { createAccumulator: () => unguarded(aggregate.createAccumulator()) }),
      ),
      procedures: plugin.procedures.map((procedure) =>
        like(procedure, {
          invoke: (args, call) => procedure.invoke(withoutTags(args), call),
          invokeSync: (args, call) => procedure.invokeSync(withoutTags(args), call),
        }),
      ),
    });
  }
}

function unguarded(accumulator: Accumulator): Accumulator {
  return like(accumulator, {
    update: (args, call) => accumulator.update(withoutTags(args), call),
    updateSync: (args, call) => accumulator.updateSync(withoutTags(args), call),
  });
}
