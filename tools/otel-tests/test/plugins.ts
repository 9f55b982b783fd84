import { readFile } from "node:fs/promises";
import { cannedExtismGuest, readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { CoreLoader } from "@uni/loader-core";
import { ExtismLoader } from "@uni/loader-extism";
import { batchOf, registrationOf } from "@uni/loader-tests";
import type { ScalarFunction } from "@uni/plugin";
import type { HostFunctionClosure, LoaderOptions, LoadOptions } from "@uni/wasm-rt";
import { encodeBatch } from "@uni/wasm-rt";
import type { RecordBatch } from "apache-arrow";

type Canned = NonNullable<Parameters<typeof cannedExtismGuest>[0]>;
type Behaviour = NonNullable<Canned["functions"]>[string];

/** One double. */
export const one: RecordBatch = batchOf([[1]]);
/** Two places and two more. */
export const places: RecordBatch = batchOf(
  [[52.5, 48.9]],
  [[13.4, 2.4]],
  [[48.9, 51.5]],
  [[2.4, 0]],
);

/** The function `haversine` in every format. */
export const geo: Readonly<Record<string, (options: LoaderOptions) => Promise<Loaded>>> = {
  extism: async (options) => loaded(new ExtismLoader(options), readFixture("geo"), "haversine"),
  component: async (options) =>
    loaded(new ComponentLoader(options), readComponent("geo"), "haversine"),
  core: async (options) => {
    const url = new URL("../../../packages/loader-core/guests/dist/geo.wasm", import.meta.url);
    return loaded(new CoreLoader(options), await readFile(url), "haversine");
  },
};

/** A plugin and a function of it. */
export interface Loaded extends AsyncDisposable {
  readonly call: ScalarFunction;
  readonly close: () => Promise<void>;
}

/** A plugin `ai.example.canned` whose function `f`, of one double, does what it is told. */
export async function loadCanned(
  behaviour: Behaviour,
  options: LoadOptions = {},
  loaderOptions: LoaderOptions = {},
): Promise<Loaded> {
  const functions = { invoke_ai_example_canned_f: behaviour };
  const bytes = await cannedExtismGuest({ register: registrationOf(), functions });
  return loaded(new ExtismLoader(loaderOptions), bytes, "f", options);
}

/** One whose function asks the host, and answers what that gives. */
export function loadAsking(
  ask: () => void | Promise<void>,
  options: LoadOptions = {},
): Promise<Loaded> {
  const gate: HostFunctionClosure = {
    name: "gate",
    docs: "Out: one double.",
    call: async () => {
      await ask();
      return encodeBatch(batchOf([[1], undefined, "value"]));
    },
  };
  const call = { module: "extism:host/user", name: "gate", input: Uint8Array.of(1) } as const;
  return loadCanned({ kind: "call", ...call }, options, { hostFunctions: [gate] });
}

/** A promise, and what fulfils it. */
export function gate(): { readonly held: Promise<void>; readonly letGo: () => void } {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { held, letGo };
}

/** A plugin whose function answers the host's `traceparent`. */
export async function loadTracing(traceparent: () => string | undefined): Promise<Loaded> {
  return loaded(new ComponentLoader({ traceparent }), readComponent("probe"), "trace");
}

async function loaded(
  loader: ExtismLoader | ComponentLoader | CoreLoader,
  bytes: Uint8Array,
  name: string,
  options: LoadOptions = {},
): Promise<Loaded> {
  const plugin = await loader.load(bytes, options);
  const call = plugin.scalars.find((scalar) => scalar.name.local === name);
  if (call === undefined) throw new Error(`the plugin has no function ${name}`);
  const close = () => plugin.close();
  return { call, close, [Symbol.asyncDispose]: close };
}
