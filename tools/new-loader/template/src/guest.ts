import {
  attempt,
  CallFailure,
  creationError,
  type Guest,
  type GuestCall,
  type GuestImports,
  runStart,
} from "@uni/wasm-rt/guest";
import { __Name__Error } from "./__name__-error.ts";
import { exportOf } from "./export-names.ts";
import { GuestMemory } from "./guest-memory.ts";
import { type HostAccess, hostImports } from "./host-imports.ts";
import type { __Name__Image } from "./image.ts";
import { notWritten } from "./not-written.ts";

/** Makes a guest of a __name__ plugin. */
export function createGuest(image: __Name__Image, imports: GuestImports): Guest {
  return new __Name__Guest(image, imports);
}

class __Name__Guest implements Guest {
  readonly #call = new CallFailure();
  readonly #memory = new GuestMemory(() => this.#exports, this.#call.fault);
  #exports: WebAssembly.Exports | undefined;

  constructor({ module }: __Name__Image, { services }: GuestImports) {
    const host = { services, call: this.#call, memory: this.#memory };
    this.#exports = this.#attempt("start", () => instantiate(module, host));
    // What a guest used up is asked of its instances.
    this.#call.instances.push(this.#exports);
  }

  manifest(): Uint8Array {
    return this.#invoke({ method: "manifest", args: [] });
  }

  register(): Uint8Array {
    return this.#invoke({ method: "register", args: [] });
  }

  invokeScalar(qname: string, ipc: Uint8Array): Uint8Array {
    return this.#invoke({ method: "invokeScalar", args: [qname, ipc] });
  }

  aggNew(qname: string): Uint8Array {
    return this.#invoke({ method: "aggNew", args: [qname] });
  }

  aggUpdate(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.#invoke({ method: "aggUpdate", args: [qname, state, ipc] });
  }

  aggMerge(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.#invoke({ method: "aggMerge", args: [qname, state, ipc] });
  }

  aggEvaluate(qname: string, state: Uint8Array): Uint8Array {
    return this.#invoke({ method: "aggEvaluate", args: [qname, state] });
  }

  invokeProcedure(qname: string, ipc: Uint8Array): Uint8Array {
    return this.#invoke({ method: "invokeProcedure", args: [qname, ipc] });
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives its call.
    this.#exports = undefined;
    this.#call.instances.length = 0;
  }

  #invoke(call: GuestCall): Uint8Array {
    const exports = this.#exports;
    if (exports === undefined) throw new __Name__Error("INTERNAL", "the guest is disposed");
    const name = exportOf(call);
    const exported = exports[name];
    if (typeof exported !== "function") {
      throw new __Name__Error(
        "INVALID_PLUGIN",
        `the module does not export a function ${JSON.stringify(name)}`,
      );
    }
    this.#attempt("start", () => runStart(exports));
    // To write: give the guest a copy of `call.args`; run `exported` in `#attempt`; throw an FnError
    // for what the function reports as an error; return `#memory.copyOut` of the answer.
    return notWritten(`call ${call.method}`, "guest.ts");
  }

  /** Runs code of the guest, or what it can make fail. */
  #attempt<T>(name: string, body: () => T): T {
    return attempt(__Name__Error, name, () => this.#call, body);
  }
}

/** Nothing of the guest runs here: a hardened module has its start function as an export. */
function instantiate(module: WebAssembly.Module, host: HostAccess): WebAssembly.Exports {
  try {
    return new WebAssembly.Instance(module, hostImports(host)).exports;
  } catch (cause) {
    throw creationError(__Name__Error, cause);
  }
}
