import type { CallRecord } from "./attempt.ts";
import { type Fail, GuestFault } from "./guest-fault.ts";
import { trapGuest } from "./trap-guest.ts";

/** What ended a guest's call first: the guest's fault, or an error of the host. */
export class CallFailure implements CallRecord {
  #failure: unknown;

  /** Asked after every call, however it ended. */
  get failure(): unknown {
    return this.#failure;
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
}
