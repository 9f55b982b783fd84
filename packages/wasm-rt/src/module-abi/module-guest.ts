import { attempt } from "../errors/attempt.ts";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { CallFailure } from "../guest/call-failure.ts";
import { CallGuest } from "../guest/call-guest.ts";
import { createInstance } from "../guest/create-instance.ts";
import type { GuestCall } from "../guest/guest.ts";
import { fuelLeft } from "../sandbox/budgets.ts";
import { type ExportCall, exportCall } from "./export-call.ts";
import { exportedFunction } from "./exported-function.ts";
import { initialize } from "./initializers.ts";

/** A call whose export is there. */
export interface ModuleCall extends ExportCall {
  /** The export that the call is of. */
  readonly exported: (...args: unknown[]) => unknown;
}

/**
 * A guest that is one instance of a core module. None of its code runs before its first call, and what it
 * used up or did wrong counts however a call ends.
 */
export abstract class ModuleGuest<E extends LoaderError> extends CallGuest {
  readonly #errors: LoaderErrorClass<E>;
  readonly #call: CallFailure;
  #exports: WebAssembly.Exports | undefined;
  /** What each of its calls may spend. */
  #fuel: bigint | undefined;
  #initialized = false;

  /** @param call what calls of this guest leave behind; its imports have it as well. */
  constructor(errors: LoaderErrorClass<E>, call: CallFailure) {
    super();
    this.#errors = errors;
    this.#call = call;
  }

  /** Makes the call, in a guest that is initialized; guest code runs in `attempt`. */
  protected abstract invoke(call: ModuleCall): Uint8Array;

  /**
   * Makes the instance.
   *
   * @param imports makes objects without a prototype, for this guest alone.
   */
  protected instantiate(module: WebAssembly.Module, imports: () => WebAssembly.Imports): void {
    this.#exports = this.attempt(
      "start",
      () => createInstance(this.#errors, module, imports()).exports,
    );
    this.#fuel = fuelLeft(this.#exports);
    // What a guest used up is asked of its instances.
    this.#call.instances.push(this.#exports);
  }

  /** Undefined before the instance is made, and once the guest is disposed. */
  protected get exports(): WebAssembly.Exports | undefined {
    return this.#exports;
  }

  /** Runs code of the guest, or what it can make fail. */
  protected attempt<T>(name: string, body: () => T): T {
    return attempt(this.#errors, name, () => this.#call, body);
  }

  /** Initializes the guest before its first call, and gives it its fuel before each later one. */
  protected run(call: GuestCall): Uint8Array {
    if (this.#exports === undefined) throw new Error("the guest is disposed");
    const { name, input } = exportCall(call);
    const exported = exportedFunction(this.#exports, name);
    if (exported === undefined) {
      throw new this.#errors("INVALID_PLUGIN", `the module does not export a function ${name}`);
    }
    if (this.#initialized) this.#call.refuel(this.#fuel);
    else initialize(this.#exports, (what, body) => this.attempt(what, body));
    this.#initialized = true;
    return this.invoke({ name, input, exported });
  }

  /** Nothing of the guest outlives it. */
  [Symbol.dispose](): void {
    this.#exports = undefined;
  }
}
