import { FnError } from "@uni/plugin";
import { type Guest, type GuestImports, trapReason } from "@uni/wasm-rt";
import { envImports } from "./abi/env-imports.ts";
import { scalarExport } from "./abi/export-names.ts";
import { HostCall } from "./abi/host-call.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";

const NO_INPUT = new Uint8Array(0);

/** Makes a guest of an Extism plugin; the module's start function, if it has one, runs here. */
export function createGuest(image: ExtismImage, _imports: GuestImports): Guest {
  return new ExtismGuest(image);
}

class ExtismGuest implements Guest {
  #call: HostCall | undefined;
  #instance: WebAssembly.Instance | undefined;

  constructor({ module }: ExtismImage) {
    const imports = envImports(() => this.#current());
    this.#call = new HostCall(NO_INPUT);
    this.#instance = this.#attempt("start", () => instantiate(module, imports));
  }

  manifest(): Uint8Array {
    return this.#invoke("manifest", NO_INPUT);
  }

  register(): Uint8Array {
    return this.#invoke("register", NO_INPUT);
  }

  invokeScalar(qname: string, ipc: Uint8Array): Uint8Array {
    return this.#invoke(scalarExport(qname), ipc);
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives its call, its blocks included.
    this.#instance = undefined;
    this.#call = undefined;
  }

  #invoke(name: string, input: Uint8Array): Uint8Array {
    const exported = this.#instance?.exports[name];
    if (typeof exported !== "function") {
      throw new ExtismError("INVALID_PLUGIN", `the module does not export a function ${name}`);
    }
    const call = new HostCall(input);
    this.#call = call;
    const status: unknown = this.#attempt(name, () => exported());
    if (typeof status !== "number") {
      throw new ExtismError(
        "INVALID_PLUGIN",
        `expected ${name} to return an i32 status, got ${typeof status}`,
      );
    }
    if (status !== 0) {
      // Extism: 0 is success. Any other status is a failure, whether or not a message was set.
      const message = call.error ?? `${name} returned status ${status} and set no error message`;
      throw new FnError({ fnCode: status >>> 0, message, retryable: false });
    }
    return this.#attempt(name, () => call.takeOutput());
  }

  #current(): HostCall {
    if (this.#call === undefined) throw new Error("the guest is disposed");
    return this.#call;
  }

  /** Runs guest code; what the guest did wrong counts even where it caught what it was told. */
  #attempt<T>(name: string, body: () => T): T {
    let outcome: { readonly value: T } | { readonly error: unknown };
    try {
      outcome = { value: body() };
    } catch (error) {
      outcome = { error };
    }
    const { fault, error: message } = this.#current();
    if (fault !== undefined) {
      throw new ExtismError(fault.code, `${name}: ${fault.message}`, { cause: fault });
    }
    if ("value" in outcome) return outcome.value;
    const reason = trapReason(outcome.error);
    if (reason === undefined) throw outcome.error;
    const said = message === undefined ? "" : `; the guest said: ${message}`;
    throw new ExtismError("TRAP", `${name} trapped: ${reason}${said}`, { cause: outcome.error });
  }
}

function instantiate(
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): WebAssembly.Instance {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (cause) {
    if (cause instanceof WebAssembly.LinkError) {
      throw new ExtismError("INSTANTIATE", `the module cannot be linked: ${cause.message}`, {
        cause,
      });
    }
    // V8 says so where the address space for one more memory is missing.
    if (cause instanceof RangeError && cause.message.includes("allocate")) {
      throw new ExtismError("RESOURCE_LIMIT", `no memory for another guest: ${cause.message}`, {
        cause,
      });
    }
    throw cause;
  }
}
