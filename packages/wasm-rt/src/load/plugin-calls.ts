import type { CallOptions } from "@uni/plugin";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import type { GuestHandle, GuestSource } from "../guest/guest-engine.ts";
import type { CallMeter } from "../observe/call-meter.ts";
import type { MeteredCall } from "../observe/metered-call.ts";
import type { InstancePool } from "../pool/instance-pool.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import { CallGate, type GateOptions } from "./call-gate.ts";
import { GuestSession } from "./guest-session.ts";
import { GuestSupply } from "./guest-supply.ts";
import type { PluginLimits } from "./plugin-limits.ts";
import type { SpareStats } from "./spare-guests.ts";

/** What calls of one loaded plugin need. */
export interface PluginCallsParts<E extends LoaderError> {
  readonly pluginId: string;
  readonly limits: PluginLimits;
  readonly errors: LoaderErrorClass<E>;
  readonly source: GuestSource<GuestHandle>;
  readonly pool: InstancePool<GuestHandle, E>;
  readonly meter: CallMeter;
  /** Guests to build ahead. */
  readonly spares: number;
}

/**
 * The calls of one loaded plugin, from the first to its close. Every call is a fresh guest unless it is
 * one of a session, and waits for its turn where as many as the pool allows are out.
 *
 * `run` and `runSync` throw the loader's error (`CLOSED`, `ABORTED`, `RESOURCE_LIMIT`, `TIMEOUT`,
 * `TRAP`, …), or `FnError` where the function reports an error of its own.
 */
export class PluginCalls<E extends LoaderError> {
  readonly errors: LoaderErrorClass<E>;
  readonly pool: InstancePool<GuestHandle, E>;
  readonly meter: CallMeter;
  readonly #parts: PluginCallsParts<E>;
  readonly #gate: CallGate<E>;
  readonly #supply: GuestSupply<E>;
  /** Those that hold a guest, or have a call under way. */
  readonly #sessions = new Set<GuestSession<E>>();

  constructor(parts: PluginCallsParts<E>) {
    this.errors = parts.errors;
    this.pool = parts.pool;
    this.meter = parts.meter;
    this.#parts = parts;
    this.#gate = new CallGate(parts.errors, parts.limits, parts.pluginId);
    this.#supply = new GuestSupply(parts, this.#gate);
  }

  /** Builds guests ahead from now on. */
  buildSpares(): void {
    this.#supply.buildSpares();
  }

  get spareStats(): SpareStats {
    return this.#supply.spareStats;
  }

  /** Calls that wait for a guest. */
  get queued(): number {
    return this.#supply.queued;
  }

  /** @param what names the function in messages. */
  async run(
    metered: MeteredCall,
    what: string,
    call: GuestCall,
    options?: GateOptions,
  ): Promise<Uint8Array> {
    metered.enter("wait");
    using ending = this.#gate.admit(what, options);
    try {
      const guest = this.#supply.takeInTurn() ?? (await this.#supply.wait(what, ending));
      metered.hold(guest, call, ending);
      try {
        const answer = await this.#parts.source.call(guest, what, call, ending);
        metered.answered(answer);
        return answer;
      } finally {
        this.#supply.release(guest);
      }
    } finally {
      this.#gate.leave(ending);
    }
  }

  /** As `run`, while the caller waits; at the cap it fails, since nothing comes free meanwhile. */
  runSync(metered: MeteredCall, what: string, call: GuestCall, options?: CallOptions): Uint8Array {
    metered.enter("wait");
    using ending = this.#gate.admit(what, options);
    try {
      const guest = this.#supply.acquireSync();
      metered.hold(guest, call, ending);
      try {
        const answer = this.#parts.source.callSync(guest, what, call, ending);
        metered.answered(answer);
        return answer;
      } finally {
        this.#supply.release(guest);
      }
    } finally {
      this.#gate.leave(ending);
    }
  }

  /** Lets in work of several calls, which are made one after the other, and says until when it may wait. */
  async within<T>(
    what: string,
    options: CallOptions | undefined,
    work: (ending: CallEnding) => Promise<T>,
  ): Promise<T> {
    using ending = this.#gate.admit(what, options);
    try {
      return await work(ending);
    } finally {
      this.#gate.leave(ending);
    }
  }

  /** Whether guests can be called more than once. */
  get keepsGuests(): boolean {
    return this.#parts.source.keep !== undefined;
  }

  /** @param what names the function in messages. */
  openSession(what: string): GuestSession<E> {
    const { errors, limits, source } = this.#parts;
    return new GuestSession(what, {
      ...{ errors, source, gate: this.#gate, supply: this.#supply, active: this.#sessions },
      queuedCalls: limits.queuedCalls,
    });
  }

  /**
   * Refuses further calls and those that wait, and lets go of the guests of sessions in which no call
   * is under way; resolves when those under way have ended.
   */
  close(): Promise<void> {
    this.#gate.close();
    this.#supply.close();
    for (const session of this.#sessions) session.close();
    return this.#gate.whenIdle();
  }

  /** As `close`, and ends those under way. */
  destroy(): Promise<void> {
    const closed = this.close();
    this.#gate.endAll();
    return closed;
  }
}
