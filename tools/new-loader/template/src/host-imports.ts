import type { CallFailure, HostServices } from "@uni/wasm-rt/guest";
import type { GuestMemory } from "./guest-memory.ts";
import { notWritten } from "./not-written.ts";

/** The module from which a plugin imports its host. */
export const HOST_MODULE = "__name__:host";

/** The functions that every host has, which are no functions of the embedder. */
export const SERVICE_NAMES: ReadonlySet<string> = new Set([
  "uni_host_log",
  "uni_traceparent",
  "uni_metric_counter",
]);

/** What is read of a text that a guest passes. */
const MAX_TEXT_BYTES = 1 << 16;

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
  // To write: what each function takes and gives in the ABI. What `ending` runs ends the call where it
  // throws, even where the guest catches that.
  for (const name of [...SERVICE_NAMES, ...services.functions.keys()]) {
    functions[name] = () => call.ending(() => notWritten(`provide ${name}`, "host-imports.ts"));
  }
  // An example, of an ABI that passes an address and a length.
  functions.uni_host_log = (at: number, length: number) => {
    const bytes = memory.copyOut(at, Math.min(length >>> 0, MAX_TEXT_BYTES));
    call.ending(() => services.log("info", new TextDecoder().decode(bytes)));
  };
  const imports: WebAssembly.Imports = Object.create(null);
  imports[HOST_MODULE] = functions;
  return imports;
}
