import { UniError } from "@uni/plugin";
import type { InstancePool } from "../pool/instance-pool.ts";
import { PooledInstance } from "../pool/pooled-instance.ts";
import { runWithin } from "../sandbox/deadline.ts";
import type { Guest, GuestImports, GuestModule } from "./guest.ts";
import type { LoaderError } from "./loader-error.ts";
import type { PluginFormat } from "./plugin-format.ts";
import { trapReason } from "./trap.ts";

/**
 * Makes guests of one image and calls them on this thread, each call within its deadline. It owns
 * the distinction between what a guest did wrong and what the host did.
 */
export class GuestRunner<E extends LoaderError> {
  readonly #format: PluginFormat<unknown, E>;
  readonly #module: GuestModule<unknown>;
  readonly #image: unknown;

  constructor(format: PluginFormat<unknown, E>, module: GuestModule<unknown>, image: unknown) {
    this.#format = format;
    this.#module = module;
    this.#image = image;
  }

  /** A fresh guest, made within `timeoutMs` where that runs code of the plugin. */
  create(imports: GuestImports, timeoutMs: number): Guest {
    const create = () => this.#module.createGuest(this.#image, imports);
    if (!this.#format.runsGuestCodeOnCreation(this.#image)) return this.#guard("start", create);
    return this.#within("start", timeoutMs, create);
  }

  /** One call of a fresh guest outside of any pool. */
  callOnce<T>(
    what: string,
    imports: GuestImports,
    timeoutMs: number,
    call: (guest: Guest) => T,
  ): T {
    using guest = this.create(imports, timeoutMs);
    return this.#within(what, timeoutMs, () => call(guest));
  }

  /** One call of a fresh guest of `pool`, whose slot is free again afterwards. */
  callPooled<T>(
    what: string,
    pool: InstancePool<Guest, E>,
    timeoutMs: number,
    call: (guest: Guest) => T,
  ): T {
    // The slot is held outside of what the deadline can end, where `using` always gives it back.
    using pooled = PooledInstance.acquire(pool);
    const guest = pooled.get();
    return this.#within(what, timeoutMs, () => call(guest));
  }

  #within<T>(what: string, timeoutMs: number, body: () => T): T {
    const onTimeout = () =>
      new this.#format.errors(
        "TIMEOUT",
        `${what} did not finish within ${timeoutMs} ms; its guest was ended`,
      );
    return this.#guard(what, () => runWithin(timeoutMs, body, onTimeout));
  }

  #guard<T>(what: string, body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (error instanceof UniError) throw error;
      const { errors } = this.#format;
      const reason = trapReason(error);
      throw reason === undefined
        ? new errors("INTERNAL", `${what} failed inside the loader`, { cause: error })
        : new errors("TRAP", `${what} trapped: ${reason}`, { cause: error });
    }
  }
}
