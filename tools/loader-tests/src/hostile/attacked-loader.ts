import type { Isolation, LoaderError, LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import type { Attack, AttackedFormat } from "./attack.ts";

/** Where guests run; each has to withstand every attack. */
export const ISOLATIONS: Isolation[] = ["thread", "inline"];

/** A loader that is attacked. */
export interface AttackedLoader {
  readonly format: AttackedFormat;
  make(options: LoaderOptions): PluginLoader<LoaderError>;
  /** A plugin that runs the attack, with one scalar function of one double. */
  plugin(attack: Attack): Promise<Uint8Array>;
  /** The plugin `ai.example.geo`. */
  readonly neighbour: Uint8Array;
}

/** A host of hostile guests: what they log goes nowhere, and `tick` takes bytes and gives none. */
export function hostOf(isolation: Isolation): LoaderOptions {
  const tick = {
    name: "tick",
    wit: "acme:clock/clock@1.0.0#tick",
    docs: "Takes bytes, and gives none.",
    call: () => new Uint8Array(0),
  };
  return { isolation, hostFunctions: [tick], logger: () => {} };
}
