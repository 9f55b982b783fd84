import {
  CallFailure,
  type Guest,
  type GuestImports,
  GuestMemory,
  type ModuleCall,
  ModuleGuest,
} from "@uni/wasm-rt/guest";
import { __Name__Error } from "./__name__-error.ts";
import { hostImports } from "./host-imports.ts";
import type { __Name__Image } from "./image.ts";
import { notWritten } from "./not-written.ts";

/** Makes a guest of a __name__ plugin. */
export function createGuest(image: __Name__Image, imports: GuestImports): Guest {
  return new __Name__Guest(image, imports, new CallFailure());
}

class __Name__Guest extends ModuleGuest<__Name__Error> {
  readonly #memory: GuestMemory;

  constructor({ module }: __Name__Image, { services }: GuestImports, call: CallFailure) {
    super(__Name__Error, call);
    this.#memory = new GuestMemory(() => this.exports, call.fault);
    this.instantiate(module, () => hostImports({ services, call, memory: this.#memory }));
  }

  protected invoke(call: ModuleCall): Uint8Array {
    // To write, for all calls at once: bring a copy of `call.input` into the guest's memory, with
    // `#memory.copyIn`; run `call.exported`; return `#memory.copyOut` of the answer. For what the
    // function reports as an error, throw `reportedError`; of its message, copy `MAX_TEXT_BYTES`.
    // Guest code, and what reads what it said, runs in `attempt`. In a session this is called again:
    // what the ABI has to give memory back that the call before used is called first.
    return notWritten(`call ${call.name}`, "guest.ts");
  }
}
