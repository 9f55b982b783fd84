import {
  byteFunctions,
  type CallFailure,
  type GuestMemory,
  type HostServices,
} from "@uni/wasm-rt/guest";
import { notWritten } from "./not-written.ts";

/** The module from which a plugin imports its host. */
export const HOST_MODULE = "__name__:host";

/** What the imports of one guest stand on. */
export interface HostAccess {
  readonly services: HostServices;
  readonly call: CallFailure;
  readonly memory: GuestMemory;
}

/**
 * The imports of one guest. The objects have no prototype, or a module could import the members of
 * `Object.prototype`.
 */
export function hostImports({ services, call, memory }: HostAccess): WebAssembly.Imports {
  const functions: WebAssembly.ModuleImports = Object.create(null);
  for (const [name, { call: body, atMost = Number.POSITIVE_INFINITY }] of byteFunctions(services)) {
    // An example, of an ABI that passes an address and a length. What `ending` runs ends the call
    // where it throws, even where the guest catches that.
    functions[name] = (at: number, length: number) => {
      const input = memory.copyOut(at, Math.min(length >>> 0, atMost));
      const given = call.ending(() => body(input));
      if (given === undefined) return;
      // To write: bring what the host gave into the guest's memory, and say where it is.
      call.ending(() => notWritten(`give what ${name} answers`, "host-imports.ts"));
    };
  }
  const imports: WebAssembly.Imports = Object.create(null);
  imports[HOST_MODULE] = functions;
  return imports;
}
