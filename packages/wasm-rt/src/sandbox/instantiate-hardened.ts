import { RESERVED_EXPORTS } from "./budgets.ts";

/** Instantiates a hardened module; its start function, if it had one, runs here. */
export function instantiateHardened(
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): WebAssembly.Instance {
  const instance = new WebAssembly.Instance(module, imports);
  const start = instance.exports[RESERVED_EXPORTS.start];
  if (typeof start === "function") start();
  return instance;
}
