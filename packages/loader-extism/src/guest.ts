import {
  attempt,
  CallGuest,
  exportCall,
  type Guest,
  type GuestCall,
  type GuestImports,
  initializers,
  runStart,
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
    const exported = this.#export(name);
    if (exported === undefined) {
      throw new ExtismError("INVALID_PLUGIN", `the module does not export a function ${name}`);
    }
    this.#initialize();
    const call = this.#current();
    this.#attempt(name, () => call.begin(input));
    const status: unknown = this.#attempt(name, () => exported());
    const output = this.#attempt(name, () => call.takeOutput());
    this.#endedWell = true;
    requireSuccess(name, status, call.error);
    return output;
  }

  #initialize(): void {
    if (this.#initialized) return;
    this.#initialized = true;
    const { exports } = this.#instance ?? {};
    if (exports !== undefined) this.#attempt("start", () => runStart(exports));
    for (const name of initializers((name) => this.#export(name) !== undefined)) {
      // hs_init takes argc and argv; a function that takes nothing ignores them.
      this.#attempt(name, () => this.#export(name)?.(0, 0));
    }
  }

  #export(name: string): ((...args: unknown[]) => unknown) | undefined {
    const exported = this.#instance?.exports[name];
    // An exported function of WebAssembly is callable with anything that converts.
    return typeof exported === "function"
      ? (exported as (...args: unknown[]) => unknown)
      : undefined;
  }

  #current(): HostCall {
    if (this.#call === undefined) throw new Error("the guest is disposed");
    return this.#call;
  }

  #attempt<T>(name: string, body: () => T): T {
    return attempt(ExtismError, name, () => this.#current(), body);
  }
}
