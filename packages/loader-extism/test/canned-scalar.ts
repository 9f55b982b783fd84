import { type Behaviour, cannedExtismGuest } from "@uni/fixtures";
import { registrationOf } from "@uni/loader-tests";
import type { LoadOptions } from "@uni/wasm-rt";
import { ExtismLoader } from "../src/index.ts";

/** Loads a guest whose function `ai.example.canned.f`, of one double by default, behaves as told. */
export async function loadCanned(
  behaviour: Behaviour,
  { signature, ...options }: CannedOptions = {},
) {
  const bytes = await cannedExtismGuest({
    register: registrationOf(signature),
    functions: { invoke_ai_example_canned_f: behaviour },
  });
  const plugin = await new ExtismLoader().load(bytes, options);
  const [scalar] = plugin.scalars;
  if (scalar === undefined) throw new Error("the canned guest registers one function");
  return { plugin, scalar };
}

export interface CannedOptions extends LoadOptions {
  readonly signature?: object;
}
