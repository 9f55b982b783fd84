import { NO_SERVICES } from "@uni/loader-tests";
import type { HostServices } from "@uni/wasm-rt";
import { GuestRun } from "../../src/link/guest-run.ts";
import { Linker } from "../../src/link/linker.ts";
import { takenApart } from "../plan/taken-apart.ts";

/** The embedder's functions take and give bytes; here they take and give what a type says. */
export type Functions = Readonly<Record<string, (value: unknown) => unknown>>;

/** A guest of a component as the loader makes it, without the world that it would have to be of. */
export function handLinked(bytes: Uint8Array, functions: Functions = {}) {
  const { plan, modules } = takenApart(bytes);
  const linker = new Linker({
    plan,
    modules: modules.map((module) => new WebAssembly.Module(Uint8Array.from(module))),
    hasStart: false,
    hostImports: [],
  });
  // The linker passes on what it lifted, whatever the declared type of a function is.
  const granted = new Map(Object.entries(functions)) as unknown as HostServices["functions"];
  const run = new GuestRun({ ...NO_SERVICES, functions: granted });
  linker.instantiate(run);
  return { run, call: (name: string, ...args: unknown[]) => linker.call(run, name, args) };
}
