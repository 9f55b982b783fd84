import {
  CallGuest,
  type Guest,
  type GuestCall,
  type GuestImports,
  makeCall,
} from "@uni/wasm-rt/guest";
import { createGuest as createExtismGuest } from "../../../../../packages/loader-extism/src/guest.ts";
import type { ExtismImage } from "../../../../../packages/loader-extism/src/image.ts";

/** By their imports: a guest that was granted nothing is of no use later. */
const guests = new WeakMap<GuestImports, Guest>();

/** What a loader imports that thinks that instances are expensive: every call gets the same one. */
export function createGuest(image: ExtismImage, imports: GuestImports): Guest {
  const guest = guests.get(imports) ?? createExtismGuest(image, imports);
  guests.set(imports, guest);
  return new UsedGuest(guest);
}

class UsedGuest extends CallGuest {
  readonly #guest: Guest;

  constructor(guest: Guest) {
    super();
    this.#guest = guest;
  }

  protected run(call: GuestCall): Uint8Array {
    return makeCall(this.#guest, call);
  }

  [Symbol.dispose](): void {
    // It is wanted for the next call.
  }
}
