import type { CallOptions } from "@uni/plugin";
import type { InstancePool } from "../pool/instance-pool.ts";
import type { Guest } from "./guest.ts";
import type { GuestRunner } from "./guest-runner.ts";
import type { LoaderError, LoaderErrorClass } from "./loader-error.ts";
import { checkTimeout, type PluginLimits } from "./plugin-limits.ts";

/** The calls of one loaded plugin, from the first to its close. */
export class PluginCalls<E extends LoaderError> {
  readonly errors: LoaderErrorClass<E>;
  readonly pool: InstancePool<Guest, E>;
  readonly #runner: GuestRunner<E>;
  readonly #limits: PluginLimits;
  readonly #pluginId: string;
  #closed = false;

  constructor(
    errors: LoaderErrorClass<E>,
    pool: InstancePool<Guest, E>,
    runner: GuestRunner<E>,
    limits: PluginLimits,
    pluginId: string,
  ) {
    this.errors = errors;
    this.pool = pool;
    this.#runner = runner;
    this.#limits = limits;
    this.#pluginId = pluginId;
  }

  /**
   * One call on a fresh guest.
   *
   * @param what names the function in messages.
   * @throws the loader's error: `CLOSED`, `ABORTED`, `RESOURCE_LIMIT`, `TIMEOUT`, `TRAP`; `FnError`
   * where the function reports an error of its own.
   */
  run(what: string, options: CallOptions = {}, call: (guest: Guest) => Uint8Array): Uint8Array {
    if (this.#closed) {
      throw new this.errors("CLOSED", `${what} cannot be called: ${this.#pluginId} was closed`);
    }
    if (options.signal?.aborted) {
      throw new this.errors("ABORTED", `${what} was aborted before it started`, {
        cause: options.signal.reason,
      });
    }
    const ceiling = this.#limits.timeoutMs;
    const timeoutMs = Math.min(ceiling, checkTimeout(options.timeoutMs ?? ceiling));
    return this.#runner.callPooled(what, this.pool, timeoutMs, call);
  }

  close(): void {
    this.#closed = true;
  }
}
