import {
  attempt,
  CallFailure,
  CallGuest,
  createInstance,
  exportCall,
  exportedFunction,
  type Guest,
  type GuestCall,
  type GuestImports,
  GuestMemory,
  initialize,
} from "@uni/wasm-rt/guest";
import { __Name__Error } from "./__name__-error.ts";
import { hostImports } from "./host-imports.ts";
import type { __Name__Image } from "./image.ts";
import { notWritten } from "./not-written.ts";

/** Makes a guest of a __name__ plugin. */
export function createGuest(image: __Name__Image, imports: GuestImports): Guest {
  return new __Name__Guest(image, imports);
}

/** A guest serves one call; only then it is initialized. */
class __Name__Guest extends CallGuest {
  readonly #call = new CallFailure();
  readonly #memory = new GuestMemory(() => this.#exports, this.#call.fault);
  #exports: WebAssembly.Exports | undefined;

  constructor({ module }: __Name__Image, { services }: GuestImports) {
    super();
    const imports = hostImports({ services, call: this.#call, memory: this.#memory });
    this.#exports = createInstance(__Name__Error, module, imports).exports;
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
    const exported = exportedFunction(exports, name);
    if (exported === undefined) {
      throw new __Name__Error("INVALID_PLUGIN", `the module exports no function ${name}`);
    }
    initialize(exports, (what, body) => this.#attempt(what, body));
    // To write: give the guest a copy of the `input` of `exportCall`, with `#memory.copyIn`; run
    // `exported` in `#attempt`; throw `reportedError` for what the function reports as an error;
    // return `#memory.copyOut` of the answer.
    return notWritten(`call ${call.method}`, "guest.ts");
  }

  /** Runs code of the guest, or what it can make fail. */
  #attempt<T>(name: string, body: () => T): T {
    return attempt(__Name__Error, name, () => this.#call, body);
  }
}
