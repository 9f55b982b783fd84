import { FnError } from "@uni/plugin";
import { type Guest, type GuestImports, trapReason } from "@uni/wasm-rt";
import { envelope } from "./abi/envelope.ts";
import { aggregateExport, procedureExport, scalarExport } from "./abi/export-names.ts";
import { GuestFault } from "./abi/guest-fault.ts";
import { HostCall } from "./abi/host-call.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";
import { instantiate } from "./instantiate.ts";

const NO_BYTES = new Uint8Array(0);

/** Makes a guest of an Extism plugin; the module's start function, if it has one, runs here. */
export function createGuest(image: ExtismImage, imports: GuestImports): Guest {
  return new ExtismGuest(image, imports);
}

class ExtismGuest implements Guest {
  #call: HostCall | undefined;
  #instance: WebAssembly.Instance | undefined;
  #initialized = false;

  constructor(image: ExtismImage, imports: GuestImports) {
    this.#call = new HostCall(NO_BYTES);
    this.#instance = this.#attempt("start", () =>
      instantiate(image, imports, {
        current: () => this.#current(),
        exports: () => this.#instance?.exports,
      }),
    );
  }

  manifest(): Uint8Array {
    return this.#invoke("manifest", NO_BYTES);
  }

  register(): Uint8Array {
    return this.#invoke("register", NO_BYTES);
  }

  invokeScalar(qname: string, ipc: Uint8Array): Uint8Array {
    return this.#invoke(scalarExport(qname), ipc);
  }

  aggNew(qname: string): Uint8Array {
    return this.#invoke(aggregateExport(qname, "new"), NO_BYTES);
  }

  aggUpdate(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.#invoke(aggregateExport(qname, "update"), envelope(state, ipc));
  }

  aggMerge(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.#invoke(aggregateExport(qname, "merge"), envelope(state, ipc));
  }

  aggEvaluate(qname: string, state: Uint8Array): Uint8Array {
    return this.#invoke(aggregateExport(qname, "evaluate"), state);
  }

  invokeProcedure(qname: string, ipc: Uint8Array): Uint8Array {
    return this.#invoke(procedureExport(qname), ipc);
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives its call, its blocks included.
    this.#instance = undefined;
    this.#call = undefined;
  }

  #invoke(name: string, input: Uint8Array): Uint8Array {
    const exported = this.#export(name);
    if (exported === undefined) {
      throw new ExtismError("INVALID_PLUGIN", `the module does not export a function ${name}`);
    }
    this.#initialize();
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

  /** Reactors of Go, Rust and C set themselves up in the one, Haskell's run-time system in the other. */
  #initialize(): void {
    if (this.#initialized) return;
    this.#initialized = true;
    const reactor = ["_initialize", "__wasm_call_ctors"].find((name) => this.#export(name));
    for (const name of [reactor, "hs_init"]) {
      const exported = name === undefined ? undefined : this.#export(name);
      // hs_init takes argc and argv; a function that takes nothing ignores them.
      if (name !== undefined && exported !== undefined) this.#attempt(name, () => exported(0, 0));
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

  /** Runs guest code; what the guest did wrong counts even where it caught what it was told. */
  #attempt<T>(name: string, body: () => T): T {
    let outcome: { readonly value: T } | { readonly error: unknown };
    try {
      outcome = { value: body() };
    } catch (error) {
      outcome = { error };
    }
    const { failure, error: message } = this.#current();
    if (failure instanceof GuestFault) {
      throw new ExtismError(failure.code, `${name}: ${failure.message}`, { cause: failure });
    }
    if (failure !== undefined) throw failure;
    if ("value" in outcome) return outcome.value;
    const said = message === undefined ? "" : `; the guest said: ${message}`;
    const cause = outcome.error;
    const reason = trapReason(cause);
    if (reason !== undefined) {
      throw new ExtismError("TRAP", `${name} trapped: ${reason}${said}`, { cause });
    }
    // V8 converts between BigInt and numbers at the boundary, and refuses with a TypeError.
    if (cause instanceof TypeError) {
      throw new ExtismError(
        "INVALID_PLUGIN",
        `${name} has another signature than Extism's ABI, or uses an import with one: ${cause.message}`,
        { cause },
      );
    }
    throw cause;
  }
}
