import { type Guest, type GuestImports, type ModuleCall, ModuleGuest } from "@uni/wasm-rt/guest";
import { HostCall } from "./abi/host-call.ts";
import { requireSuccess } from "./abi/require-success.ts";
import { ExtismError } from "./extism-error.ts";
import { guestImports } from "./guest-imports.ts";
import type { ExtismImage } from "./image.ts";

/** Makes a guest of an Extism plugin. */
export function createGuest(image: ExtismImage, imports: GuestImports): Guest {
  return new ExtismGuest(image, imports, new HostCall(image.blockLimits));
}

class ExtismGuest extends ModuleGuest<ExtismError> {
  #call: HostCall | undefined;
  #endedWell = false;

  constructor(image: ExtismImage, imports: GuestImports, call: HostCall) {
    super(ExtismError, call);
    this.#call = call;
    this.instantiate(image.module, () =>
      guestImports(image, imports, {
        current: () => this.#current(),
        exports: () => this.exports,
      }),
    );
  }

  override [Symbol.dispose](): void {
    super[Symbol.dispose]();
    // Only the host's own kernel is used again.
    const call = this.#call;
    this.#call = undefined;
    if (this.#endedWell && call?.failure === undefined) call?.blocks.giveBack();
  }

  protected invoke({ name, input, exported }: ModuleCall): Uint8Array {
    const call = this.#current();
    this.#endedWell = false;
    this.attempt(name, () => call.begin(input));
    const status: unknown = this.attempt(name, () => exported());
    const output = this.attempt(name, () => call.takeOutput());
    this.#endedWell = true;
    requireSuccess(name, status, call.error);
    return output;
  }

  #current(): HostCall {
    if (this.#call === undefined) throw new Error("the guest is disposed");
    return this.#call;
  }
}
