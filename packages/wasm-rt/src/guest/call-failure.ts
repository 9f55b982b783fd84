import type { CallRecord } from "../errors/attempt.ts";
import { type Fail, GuestFault } from "../errors/guest-fault.ts";
import { exhausted, fuelLeft, refuel } from "../sandbox/budgets.ts";
import { trapGuest } from "./trap-guest.ts";

/**
 * What ended the calls of a guest: the guest's fault, or an error of the host. There is none while they
 * end well, and a guest is not called again after one that did not.
 */
export class CallFailure implements CallRecord {
  /** What the guest's instances export. */
  readonly instances: WebAssembly.Exports[] = [];
  #failure: unknown;
  readonly #fuel: number | undefined;

  /** @param fuel of all instances together; each of them traps when it has used so much alone. */
  constructor(fuel?: number) {
    this.#fuel = fuel;
  }

  /** Asked after every call, however it ended. */
  get failure(): unknown {
    return this.#failure ?? this.#exhaustion();
  }

  /** Gives every instance the fuel of one more call. */
  refuel(fuel: bigint | undefined): void {
    if (fuel !== undefined) for (const exports of this.instances) refuel(exports, fuel);
  }

  /** Ends the call for what the guest did. */
  readonly fault: Fail = (code, message) => this.fail(new GuestFault(code, message));

  /** Ends the call for an error below a function that the guest called. */
  fail(error: unknown): never {
    this.#failure ??= error;
    return trapGuest();
  }

  /** Runs what stands behind an import; whatever it throws ends the call. */
  ending<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      return this.fail(error);
    }
  }

  #exhaustion(): GuestFault | undefined {
    for (const exports of this.instances) {
      const budget = exhausted(exports);
      if (budget === "fuel") return outOfFuel();
      if (budget === "heap") {
        return new GuestFault("RESOURCE_LIMIT", "it allocated too much on the engine's heap");
      }
    }
    const spent = this.#fuel === undefined ? 0n : fuelSpent(this.instances, BigInt(this.#fuel));
    return spent > BigInt(this.#fuel ?? 0) ? outOfFuel() : undefined;
  }
}

function fuelSpent(instances: readonly WebAssembly.Exports[], fuel: bigint): bigint {
  return instances.reduce((spent, exports) => spent + fuel - (fuelLeft(exports) ?? fuel), 0n);
}

function outOfFuel(): GuestFault {
  return new GuestFault("RESOURCE_LIMIT", "it used up its fuel");
}
