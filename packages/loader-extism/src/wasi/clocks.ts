import { ERRNO, type Errno } from "./errno.ts";
import type { GuestMemory } from "./guest-memory.ts";

interface Clock {
  readonly resolutionNs: bigint;
  readonly nowNs: () => bigint;
}

/**
 * The clocks of one guest: real time, and a monotonic one that starts with the guest.
 *
 * The epoch of the monotonic clock is undefined (typenames.witx, `$clockid`). The host's own would
 * tell for how long the machine is up; zero would end a Go guest ("nanotime returning zero").
 */
export class Clocks {
  readonly #memory: GuestMemory;
  readonly #clocks: readonly (Clock | undefined)[];

  constructor(memory: GuestMemory) {
    const epochNs = process.hrtime.bigint() - 1n;
    this.#memory = memory;
    // By $clockid. The CPU time of process and thread is the host's, and is not told.
    this.#clocks = [
      { resolutionNs: 1_000_000n, nowNs: () => BigInt(Date.now()) * 1_000_000n },
      { resolutionNs: 1n, nowNs: () => process.hrtime.bigint() - epochNs },
    ];
  }

  resolution(id: number, out: number): Errno {
    return this.#store(out, this.#clocks[id]?.resolutionNs);
  }

  time(id: number, _precision: bigint, out: number): Errno {
    return this.#store(out, this.#clocks[id]?.nowNs());
  }

  #store(out: number, timeNs: bigint | undefined): Errno {
    // witx, clock_res_get: "For unsupported clocks, return errno::inval."
    if (timeNs === undefined) return ERRNO.inval;
    const view = this.#memory.view(out, 8);
    if (view === undefined) return ERRNO.fault;
    view.setBigUint64(0, timeNs, true);
    return ERRNO.success;
  }
}
