import {
  attempt,
  CallGuest,
  exportCall,
  exportedFunction,
  type Guest,
  type GuestCall,
  type GuestImports,
  initialize,
} from "@uni/wasm-rt/guest";
import { HostCall } from "./abi/host-call.ts";
import { requireSuccess } from "./abi/require-success.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";
import { instantiate } from "./instantiate.ts";

/** Makes a guest of an Extism plugin. */
export function createGuest(image: ExtismImage, imports: GuestImports): Guest {
  return new ExtismGuest(image, imports);
}

class ExtismGuest extends CallGuest {
  #call: HostCall | undefined;
  #instance: WebAssembly.Instance | undefined;
  #initialized = false;
  #endedWell = false;

  constructor(image: ExtismImage, imports: GuestImports) {
    super();
    const call = new HostCall();
    this.#call = call;
    this.#instance = this.#attempt("start", () =>
      instantiate(image, imports, {
        current: () => this.#current(),
        exports: () => this.#instance?.exports,
      }),
    );
    call.instances.push(this.#instance.exports);
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives its call; only the host's own kernel is used again.
    const call = this.#call;
    this.#instance = undefined;
    this.#call = undefined;
    if (this.#endedWell && call?.failure === undefined) call?.blocks.giveBack();
  }

  protected run(guestCall: GuestCall): Uint8Array {
    const { name, input } = exportCall(guestCall);
    const { exports } = this.#requireInstance();
    const exported = exportedFunction(exports, name);
    if (exported === undefined) {
      throw new ExtismError("INVALID_PLUGIN", `the module does not export a function ${name}`);
    }
    this.#initialize(exports);
    const call = this.#current();
    this.#attempt(name, () => call.begin(input));
    const status: unknown = this.#attempt(name, () => exported());
    const output = this.#attempt(name, () => call.takeOutput());
    this.#endedWell = true;
    requireSuccess(name, status, call.error);
    return output;
  }

  #initialize(exports: WebAssembly.Exports): void {
    if (this.#initialized) return;
    this.#initialized = true;
    initialize(exports, (name, body) => this.#attempt(name, body));
  }

  #requireInstance(): WebAssembly.Instance {
    if (this.#instance === undefined) throw new Error("the guest is disposed");
    return this.#instance;
  }

  #current(): HostCall {
    if (this.#call === undefined) throw new Error("the guest is disposed");
    return this.#call;
  }

  #attempt<T>(name: string, body: () => T): T {
    return attempt(ExtismError, name, () => this.#current(), body);
  }
}
