import {
  type CannedComponentOptions,
  type ComponentBehaviour,
  cannedComponent,
} from "@uni/fixtures";
import { registrationOf } from "@uni/loader-tests";
import type { LoadOptions } from "@uni/wasm-rt";
import type { ComponentLoader } from "../src/index.ts";
import { loaderOf, onlyScalar, refusal } from "./load.ts";

/** The manifest of `ai.example.canned`, changed. */
export function manifestOf(changes: object): string {
  const manifest = { id: "ai.example.canned", version: "1.0.0", capabilities: ["scalar-fn"] };
  return JSON.stringify({ ...manifest, ...changes });
}

/** Loads a component whose function `ai.example.canned.f`, of one double by default, behaves as told. */
export async function loadCanned(
  behaviour: ComponentBehaviour,
  { signature, loader = loaderOf(), ...options }: CannedOptions = {},
) {
  const bytes = await cannedComponent({
    register: registrationOf(signature),
    functions: { "invoke-scalar": behaviour },
  });
  const plugin = await loader.load(bytes, options);
  return { plugin, scalar: onlyScalar(plugin) };
}

export interface CannedOptions extends LoadOptions {
  readonly signature?: object;
  readonly loader?: ComponentLoader;
}

/** What the load of a canned component is refused with. */
export async function cannedRefusal(
  component: CannedComponentOptions,
  options?: LoadOptions,
  loader: ComponentLoader = loaderOf(),
) {
  return refusal(await cannedComponent(component), options, loader);
}
