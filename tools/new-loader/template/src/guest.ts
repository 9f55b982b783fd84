import {
  attempt,
  CallFailure,
  CallGuest,
  creationError,
  exportCall,
  type Guest,
  type GuestCall,
  type GuestImports,
  GuestMemory,
  runStart,
} from "@uni/wasm-rt/guest";
import { __Name__Error } from "./__name__-error.ts";
import { type HostAccess, hostImports } from "./host-imports.ts";
import type { __Name__Image } from "./image.ts";
import { notWritten } from "./not-written.ts";

/** Makes a guest of a __name__ plugin. */
export function createGuest(image: __Name__Image, imports: GuestImports): Guest {
  return new __Name__Guest(image, imports);
}

class __Name__Guest extends CallGuest {
  readonly #call = new CallFailure();
  readonly #memory = new GuestMemory(() => this.#exports, this.#call.fault);
  #exports: WebAssembly.Exports | undefined;

  constructor({ module }: __Name__Image, { services }: GuestImports) {
    super();
    const host = { services, call: this.#call, memory: this.#memory };
    this.#exports = this.#attempt("start", () => instantiate(module, host));
    // What a guest used up is asked of its instances.
    this.#call.instances.push(this.#exports);
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives its call.
    this.#exports = undefined;
    this.#call.instances.length = 0;
  }

  protected run(call: GuestCall): Uint8Array {
    const exports = this.#exports;
    if (exports === undefined) throw new __Name__Error("INTERNAL", "the guest is disposed");
    const { name } = exportCall(call);
    const exported = exports[name];
    if (typeof exported !== "function") {
      throw new __Name__Error("INVALID_PLUGIN", `the module exports no function ${name}`);
    }
    this.#attempt("start", () => runStart(exports));
    // To write: give the guest a copy of the `input` of `exportCall`, with `#memory.copyIn`; run
    // `exported` in `#attempt`; throw an FnError for what the function reports as an error; return
    // `#memory.copyOut` of the answer.
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
