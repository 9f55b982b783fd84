import { type HostInterface, interfaceOf } from "../host/host-interface.ts";
import { Pollable } from "./pollable.ts";
import type { WasiGuest } from "./wasi-guest.ts";

/** `wasi:clocks/monotonic-clock`: the guest's own, in nanoseconds. */
export const MONOTONIC_CLOCK: HostInterface<WasiGuest> = interfaceOf({
  now: { signature: "func() -> u64", call: (guest) => guest.monotonicNs() },
  resolution: { signature: "func() -> u64", call: () => 1n },
  "subscribe-instant": {
    signature: "func(u64) -> own<pollable>",
    call: (_guest, when: bigint) => new Pollable(when),
  },
  "subscribe-duration": {
    signature: "func(u64) -> own<pollable>",
    call: (guest, duration: bigint) => new Pollable(guest.monotonicNs() + duration),
  },
});

const DATETIME = "record{seconds: u64, nanoseconds: u32}";

/** `wasi:clocks/wall-clock`, in milliseconds. */
export const WALL_CLOCK: HostInterface<WasiGuest> = interfaceOf({
  now: {
    signature: `func() -> ${DATETIME}`,
    call() {
      const unixMs = Date.now();
      const seconds = Math.floor(unixMs / 1000);
      return { seconds: BigInt(seconds), nanoseconds: (unixMs - seconds * 1000) * 1_000_000 };
    },
  },
  resolution: {
    signature: `func() -> ${DATETIME}`,
    call: () => ({ seconds: 0n, nanoseconds: 1_000_000 }),
  },
});
