import type { GuestAbi } from "../guest-abi.ts";

/** @throws {Error} when the module imports what the ABI's host has not. */
export function refuseStrangers(wasm: Uint8Array<ArrayBuffer>, abi: GuestAbi): void {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm));
  const strangers = imports.filter((imported) => !abi.hasImport(imported));
  if (strangers.length === 0) return;
  const names = strangers.map(({ module, name }) => `${module}.${name}`).join(", ");
  throw new Error(
    `expected imports that every ${abi.host} has, got ${names}; leave out what uses it, or let hasImport of the ABI allow it`,
  );
}
