import { RESERVED_EXPORTS } from "./budgets.ts";

/** Instantiates a hardened module; its start function, if it had one, runs here. */
export function instantiateHardened(
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): WebAssembly.Instance {
  const instance = new WebAssembly.Instance(module, imports);
  runStart(instance.exports);
  return instance;
}

/** Runs what was the start function of an instance's module, if it had one. */
export function runStart(exports: WebAssembly.Exports): void {
  const start = exports[RESERVED_EXPORTS.start];
  if (typeof start === "function") start();
}

/** Whether instances of a hardened module have something to run before anything else. */
export function hasStart(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.exports(module).some(({ name }) => name === RESERVED_EXPORTS.start);
}
