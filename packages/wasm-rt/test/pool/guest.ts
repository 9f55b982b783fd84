import { brand, UniError } from "@uni/plugin";

/** The error class of a loader, as far as a pool sees it. */
export class GuestError extends UniError {
  static {
    brand(GuestError, "GuestError");
  }

  static resourceLimit(message: string): GuestError {
    return new GuestError("RESOURCE_LIMIT", message);
  }
}

/** An instance that knows how often it was disposed. */
export class Guest implements Disposable {
  disposals = 0;

  [Symbol.dispose](): void {
    this.disposals++;
  }
}

/** An instance whose disposal fails. */
export class StubbornGuest extends Guest {
  readonly failure: Error = new Error("the guest would not go");

  override [Symbol.dispose](): void {
    super[Symbol.dispose]();
    throw this.failure;
  }
}

export function createGuest(): Guest {
  return new Guest();
}

/** What `run` throws; fails if it throws nothing. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
