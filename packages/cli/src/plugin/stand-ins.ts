import type { HostFunction } from "@uni/wasm-rt";
import type { PluginFile } from "./detect-format.ts";

/** From where core modules import functions of their embedder, beside what every host has. */
const EMBEDDER = ["extism:host/user", "uni:plugin"];
/** What a host function can be called; what every host has starts with `uni_`. */
const NAME = /^(?!uni_)[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/**
 * Functions of an embedder that a plugin imports, so that it loads where nobody has them. They do
 * nothing but fail.
 */
export function standIns({ imports }: PluginFile): HostFunction[] {
  const names = imports.flatMap(({ from, name = "" }) =>
    EMBEDDER.includes(from) && NAME.test(name) ? [name] : [],
  );
  return [...new Set(names)].map((name) => ({
    name,
    docs: "Fails.",
    call: () => {
      throw new Error(`the plugin is only looked at, so ${name} is not there`);
    },
  }));
}
