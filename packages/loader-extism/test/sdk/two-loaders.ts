import type { LoaderOptions, LoadOptions } from "@uni/wasm-rt";
import { ExtismLoader } from "../../src/index.ts";
import { ExtismSdkLoader } from "../../src/sdk/index.ts";
import { columns } from "../doubles.ts";
import { type WatPlugin, watPlugin } from "../wat-plugin.ts";
import { outcome } from "./two-engines.ts";

/** Loads a plugin. */
export type Load = (bytes: Uint8Array, options?: LoadOptions) => ReturnType<ExtismLoader["load"]>;

/** What came of the same work with each loader. */
export async function withBoth(
  work: (load: Load) => Promise<unknown>,
  options: LoaderOptions = {},
): Promise<{ readonly own: object; readonly sdk: object }> {
  const run = (loader: ExtismLoader | ExtismSdkLoader) =>
    outcome(() => work((bytes, loadOptions) => loader.load(bytes, loadOptions)));
  return {
    own: await run(new ExtismLoader(options)),
    sdk: await run(new ExtismSdkLoader(options)),
  };
}

/** What came of calling the function of such a plugin, with each loader. */
export async function bothCalls(
  plugin: WatPlugin,
  loaderOptions: LoaderOptions = {},
  options: LoadOptions = {},
): Promise<{ readonly own: object; readonly sdk: object }> {
  const bytes = await watPlugin(plugin);
  return withBoth(async (load) => {
    const loaded = await load(bytes, options);
    return await loaded.scalars[0]?.invoke(columns({ x: [1] }));
  }, loaderOptions);
}
