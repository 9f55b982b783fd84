import type { CallOptions } from "@uni/plugin";
import type { InstancePool } from "../pool/instance-pool.ts";
import { PooledInstance } from "../pool/pooled-instance.ts";
import type { GuestCall } from "./guest.ts";
import type { GuestEngine } from "./guest-engine.ts";
import type { LoaderError, LoaderErrorClass } from "./loader-error.ts";
import { checkLimit, type PluginLimits } from "./plugin-limits.ts";

/** What calls of one loaded plugin need. */
export interface PluginCallsParts<E extends LoaderError> {
  readonly pluginId: string;
  readonly limits: PluginLimits;
  readonly errors: LoaderErrorClass<E>;
  readonly engine: GuestEngine<Disposable>;
  readonly pool: InstancePool<Disposable, E>;
}

/**
 * The calls of one loaded plugin, from the first to its close. Every call is a fresh guest.
 *
 * `run` and `runSync` throw the loader's error (`CLOSED`, `ABORTED`, `RESOURCE_LIMIT`, `TIMEOUT`,
 * `TRAP`, …), or `FnError` where the function reports an error of its own.
 */
export class PluginCalls<E extends LoaderError> {
  readonly errors: LoaderErrorClass<E>;
  readonly pool: InstancePool<Disposable, E>;
  readonly #engine: GuestEngine<Disposable>;
  readonly #limits: PluginLimits;
  readonly #pluginId: string;
  #closed = false;

  constructor({ pluginId, limits, errors, engine, pool }: PluginCallsParts<E>) {
    this.errors = errors;
    this.pool = pool;
    this.#engine = engine;
    this.#limits = limits;
    this.#pluginId = pluginId;
  }

  /** @param what names the function in messages. */
  async run(what: string, call: GuestCall, options?: CallOptions): Promise<Uint8Array> {
    if (this.#engine.synchronous) return this.runSync(what, call, options);
    const timeoutMs = this.#admit(what, options);
    using guest = PooledInstance.acquire(this.pool);
    return await this.#engine.call(guest.get(), what, call, timeoutMs);
  }

  /** As `run`, while the caller waits. */
  runSync(what: string, call: GuestCall, options?: CallOptions): Uint8Array {
    const timeoutMs = this.#admit(what, options);
    using guest = PooledInstance.acquire(this.pool);
    return this.#engine.callSync(guest.get(), what, call, timeoutMs);
  }

  close(): void {
    this.#closed = true;
  }

  /** Whether a call may start, and how long it may take. */
  #admit(what: string, { signal, timeoutMs }: CallOptions = {}): number {
    if (this.#closed) {
      throw new this.errors("CLOSED", `${what} cannot be called: ${this.#pluginId} was closed`);
    }
    if (signal?.aborted) {
      throw new this.errors("ABORTED", `${what} was aborted before it started`, {
        cause: signal.reason,
      });
    }
    const ceiling = this.#limits.timeoutMs;
    return Math.min(ceiling, checkLimit("timeoutMs", timeoutMs ?? ceiling));
  }
}
