import { GuestFault } from "@uni/wasm-rt/guest";

/** What the Canonical ABI calls a trap. */
export function trapped(message: string): GuestFault {
  return new GuestFault("TRAP", message);
}
