import { type HostInterface, interfaceOf } from "../host/host-interface.ts";
import type { Pollable } from "./pollable.ts";
import type { WasiGuest } from "./wasi-guest.ts";

/** `wasi:io/poll`. A guest that would have to wait is refused, see {@link refuseSleep}. */
export const POLL: HostInterface<WasiGuest> = interfaceOf({
  "[method]pollable.ready": {
    signature: "func(borrow<pollable>) -> bool",
    call: (guest, pollable: Pollable) => pollable.isReady(guest.monotonicNs()),
  },
  "[method]pollable.block": {
    signature: "func(borrow<pollable>)",
    call(guest, pollable: Pollable): void {
      if (!pollable.isReady(guest.monotonicNs())) refuseSleep(guest);
    },
  },
  poll: {
    signature: "func(list<borrow<pollable>>) -> list<u32>",
    call(guest, pollables: readonly Pollable[]): number[] {
      // wasi:io, poll: "This function traps if [...] the list is empty".
      if (pollables.length === 0) guest.refuse("poll was called with no pollable to wait for");
      const nowNs = guest.monotonicNs();
      const ready: number[] = [];
      for (const [at, pollable] of pollables.entries()) if (pollable.isReady(nowNs)) ready.push(at);
      return ready.length > 0 ? ready : refuseSleep(guest);
    },
  },
});

// A sleep would block the host's thread, and one that ends at once would make a guest spin.
function refuseSleep(guest: WasiGuest): never {
  return guest.refuse(
    "waited for a time to come; a plugin cannot sleep, it would hold up its host",
  );
}
