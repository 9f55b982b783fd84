import type { LoaderError } from "../errors/loader-error.ts";
import type { GuestHandle } from "../guest/guest-engine.ts";
import type { InstancePool } from "../pool/instance-pool.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import { endedError } from "../wait/ended-error.ts";
import { WaitingQueue } from "../wait/waiting-queue.ts";
import type { CallGate } from "./call-gate.ts";
import type { PluginCallsParts } from "./plugin-calls.ts";
import { SpareGuests, type SpareStats } from "./spare-guests.ts";

/** Gives out fresh guests of one plugin, in turn where as many as the pool allows are out. */
export class GuestSupply<E extends LoaderError> {
  readonly #parts: PluginCallsParts<E>;
  readonly #gate: CallGate<E>;
  readonly #waiting = new WaitingQueue<GuestHandle>();
  readonly #spares: SpareGuests<E>;

  constructor(parts: PluginCallsParts<E>, gate: CallGate<E>) {
    this.#parts = parts;
    this.#gate = gate;
    const { spares, source, pool } = parts;
    this.#spares = new SpareGuests(spares, source, pool, () => this.#admitNext());
  }

  get #pool(): InstancePool<GuestHandle, E> {
    return this.#parts.pool;
  }

  /** Builds the guests ahead that are missing, until it is closed. */
  buildSpares(): void {
    if (!this.#gate.closed) this.#spares.refill();
  }

  get spareStats(): SpareStats {
    return this.#spares.stats;
  }

  /** Calls that wait for a guest. */
  get queued(): number {
    return this.#waiting.length;
  }

  /** A guest that is free, unless others have waited for one before. */
  takeInTurn(): GuestHandle | undefined {
    return this.#waiting.length === 0 ? this.#take() : undefined;
  }

  /** A guest, as soon as it is this call's turn. */
  async wait(what: string, ending: CallEnding): Promise<GuestHandle> {
    const guest = await this.#wait(what, ending);
    if (ending.reason === undefined) return guest;
    this.release(guest);
    throw endedError(this.#parts.errors, what, ending);
  }

  /** A guest now; at the cap it fails, since nothing comes free while the caller waits. */
  acquireSync(): GuestHandle {
    return this.#take() ?? this.#pool.acquire();
  }

  /** Takes a guest back, once it is gone. */
  release(guest: GuestHandle): void {
    if (guest.gone === undefined) this.#free(guest);
    else void this.#gate.holdUntil(guest.gone.then(() => this.#free(guest)));
  }

  /** Refuses the calls that wait, and drops what was built ahead. */
  close(): void {
    this.#spares.close();
    this.#waiting.end("closed");
  }

  #take(): GuestHandle | undefined {
    const spare = this.#spares.take();
    if (spare !== undefined) return spare;
    const guest = this.#pool.tryAcquire();
    if (guest !== undefined) this.#spares.miss();
    return guest;
  }

  #wait(what: string, ending: CallEnding): Promise<GuestHandle> {
    const { errors, limits, pluginId } = this.#parts;
    const { queuedCalls } = limits;
    if (this.#waiting.length < queuedCalls) {
      return this.#waiting.wait(ending, () => endedError(errors, what, ending));
    }
    throw new errors(
      "RESOURCE_LIMIT",
      `${what} cannot wait for a guest: ${queuedCalls} calls of ${pluginId} wait already, and no more may (queuedCalls)`,
    );
  }

  #free(guest: GuestHandle): void {
    this.#pool.release(guest);
    this.#admitNext();
  }

  /** Gives what is free to the calls that wait for it. */
  #admitNext(): void {
    while (this.#waiting.length > 0) {
      try {
        const guest = this.#take();
        if (guest === undefined) return;
        this.#waiting.offer(guest);
      } catch (error) {
        this.#waiting.refuse(error);
      }
    }
    this.buildSpares();
  }
}
