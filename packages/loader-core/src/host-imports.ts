import { byteFunctions, type CallFailure, type HostServices } from "@uni/wasm-rt/guest";
import type { GuestBytes } from "./guest-bytes.ts";

/** The module from which a plugin imports its host. */
export const HOST_MODULE = "uni:plugin";

/** What the imports of one guest stand on. */
export interface HostAccess {
  readonly services: HostServices;
  readonly call: CallFailure;
  readonly bytes: GuestBytes;
}

/**
 * The imports of one guest. The objects have no prototype, or a module could import the members of
 * `Object.prototype`.
 */
export function hostImports({ services, call, bytes }: HostAccess): WebAssembly.Imports {
  const functions: WebAssembly.ModuleImports = Object.create(null);
  for (const [name, { call: body, atMost = Number.POSITIVE_INFINITY }] of byteFunctions(services)) {
    functions[name] = (at: number, length: number): bigint => {
      const input = bytes.copyOut(at, Math.min(length >>> 0, atMost));
      const given = call.ending(() => body(input));
      return given === undefined ? 0n : bytes.give(given);
    };
  }
  const imports: WebAssembly.Imports = Object.create(null);
  imports[HOST_MODULE] = functions;
  return imports;
}
