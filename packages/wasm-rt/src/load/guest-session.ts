import { type CallOptions, PluginError } from "@uni/plugin";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import type { GuestHandle, GuestSource } from "../guest/guest-engine.ts";
import type { MeteredCall } from "../observe/metered-call.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import { CallTurns } from "../wait/call-turns.ts";
import { endedError } from "../wait/ended-error.ts";
import type { CallGate } from "./call-gate.ts";
import type { GuestSupply } from "./guest-supply.ts";

/** What the calls of a session need. */
export interface GuestSessionParts<E extends LoaderError> {
  readonly errors: LoaderErrorClass<E>;
  readonly source: GuestSource<GuestHandle>;
  readonly gate: CallGate<E>;
  readonly supply: GuestSupply<E>;
  /** Sessions of the plugin that hold a guest, or have a call under way. */
  readonly active: Set<GuestSession<E>>;
  /** How many calls may wait for those before them. */
  readonly queuedCalls: number;
}

/** Why a session has ended. */
interface Ended {
  readonly why: string;
  readonly cause?: unknown;
}

const LOST: Ended = { why: "its guest is gone: the thread it was on ended" };

/**
 * Calls that share one guest, one after the other. The guest is taken at the first of them; it is given
 * back when the session ends, which a call that fails once its guest has begun does as well.
 */
export class GuestSession<E extends LoaderError> implements Disposable {
  readonly #what: string;
  readonly #parts: GuestSessionParts<E>;
  readonly #turns = new CallTurns();
  /** The call that waits for the guest of all of them. */
  #acquiring: CallEnding | undefined;
  #guest: GuestHandle | undefined;
  /** Whether code of the guest may have run. */
  #used = false;
  #ended: Ended | undefined;

  /** @param what names the function in messages. */
  constructor(what: string, parts: GuestSessionParts<E>) {
    this.#what = what;
    this.#parts = parts;
  }

  /** @param read makes the result of what the guest answered; where it fails, so has the call. */
  async run<T>(
    metered: MeteredCall,
    call: GuestCall,
    options: CallOptions | undefined,
    read: (answer: Uint8Array) => T,
  ): Promise<T> {
    metered.enter("wait");
    using ending = this.#admit(options);
    try {
      if (this.#turns.taken) await this.#wait(ending);
      this.#begin();
      try {
        const free = this.#guest ?? this.#parts.supply.takeInTurn();
        const guest = this.#hold(free ?? (await this.#waitForGuest(ending)));
        metered.hold(guest, call, ending);
        try {
          const answer = await this.#parts.source.call(guest, this.#what, call, ending);
          metered.answered(answer);
          this.#used = true;
          metered.enter("decode");
          return read(answer);
        } catch (error) {
          throw this.#failed(ending, error);
        }
      } finally {
        this.#nextTurn();
      }
    } finally {
      this.#parts.gate.leave(ending);
    }
  }

  /** As `run`, while the caller waits. */
  runSync<T>(
    metered: MeteredCall,
    call: GuestCall,
    options: CallOptions | undefined,
    read: (answer: Uint8Array) => T,
  ): T {
    metered.enter("wait");
    using ending = this.#admit(options);
    try {
      this.#requireIdle();
      this.#begin();
      try {
        const guest = this.#hold(this.#guest ?? this.#parts.supply.acquireSync());
        metered.hold(guest, call, ending);
        try {
          const answer = this.#parts.source.callSync(guest, this.#what, call, ending);
          metered.answered(answer);
          this.#used = true;
          metered.enter("decode");
          return read(answer);
        } catch (error) {
          throw this.#failed(ending, error);
        }
      } finally {
        this.#nextTurn();
      }
    } finally {
      this.#parts.gate.leave(ending);
    }
  }

  /** Ends the session; a call that has its guest finishes first. */
  [Symbol.dispose](): void {
    this.#end({ why: "it was disposed" });
  }

  /** Ends the session with its plugin. */
  close(): void {
    this.#end({ why: "its plugin was closed" });
  }

  #admit(options: CallOptions | undefined): CallEnding {
    if (this.#ended !== undefined) throw this.#closedError(this.#ended);
    return this.#parts.gate.admit(this.#what, options);
  }

  /** Waits until the calls before this one have ended. */
  async #wait(ending: CallEnding): Promise<void> {
    const { queuedCalls, errors } = this.#parts;
    if (this.#turns.waiting >= queuedCalls) {
      throw new errors(
        "RESOURCE_LIMIT",
        `${this.#what} cannot wait for its turn: ${queuedCalls} calls of this session wait already, and no more may (queuedCalls)`,
      );
    }
    await this.#turns.wait(ending, () => this.#refusal(ending));
    // The turn came before the end of the call, or of the session, and nobody looked in between.
    if (this.#ended === undefined && ending.reason === undefined) return;
    this.#nextTurn();
    throw this.#refusal(ending);
  }

  #requireIdle(): void {
    if (!this.#turns.taken) return;
    throw new PluginError(
      "BUSY",
      `${this.#what}: ${this.#turns.waiting + 1} calls of this session have not ended; await them before a synchronous one`,
    );
  }

  #begin(): void {
    this.#turns.take();
    this.#parts.active.add(this);
  }

  #nextTurn(): void {
    if (this.#ended !== undefined) this.#letGo();
    this.#turns.pass();
    if (!this.#turns.taken && this.#guest === undefined) this.#parts.active.delete(this);
  }

  async #waitForGuest(ending: CallEnding): Promise<GuestHandle> {
    this.#acquiring = ending;
    try {
      return await this.#parts.supply.wait(this.#what, ending);
    } catch (error) {
      throw this.#ended === undefined ? error : this.#closedError(this.#ended);
    } finally {
      this.#acquiring = undefined;
    }
  }

  /** Keeps a guest, unless it is the one that is kept. */
  #hold(guest: GuestHandle): GuestHandle {
    if (this.#guest === guest) return guest;
    this.#guest = guest;
    this.#used = false;
    this.#parts.source.keep?.(guest, () => this.#changed());
    // Spares are built when a guest is given back, and this one stays away for long.
    this.#parts.supply.buildSpares();
    return guest;
  }

  /** What a call failed with, once it is clear what becomes of the session. */
  #failed(ending: CallEnding, error: unknown): unknown {
    this.#used ||= ending.begun;
    if (ending.begun) {
      const message = error instanceof Error ? error.message : String(error);
      this.#end({ why: `an earlier call failed: ${message}`, cause: error });
    } else if (this.#isLost()) {
      this.#end(LOST);
      return this.#refusal(ending);
    } else if (!this.#used) {
      // Nothing of this guest has run, so that the next call may as well have another one.
      this.#letGo();
    }
    return error;
  }

  /** The guest may be gone while no call is under way. */
  #changed(): void {
    if (this.#turns.taken || !this.#isLost()) return;
    this.#end(LOST);
  }

  #isLost(): boolean {
    return this.#guest !== undefined && this.#parts.source.stateOf(this.#guest) === "lost";
  }

  #end(ended: Ended): void {
    if (this.#ended !== undefined) return;
    this.#ended = ended;
    this.#turns.end();
    this.#acquiring?.end("closed");
    // A call that has its turn gives the guest back at the end of it.
    if (!this.#turns.taken) this.#letGo();
  }

  #letGo(): void {
    const guest = this.#guest;
    if (guest === undefined) return;
    this.#guest = undefined;
    if (!this.#turns.taken) this.#parts.active.delete(this);
    this.#parts.supply.release(guest);
  }

  #refusal(ending: CallEnding): E {
    if (this.#ended !== undefined) return this.#closedError(this.#ended);
    return endedError(this.#parts.errors, this.#what, ending);
  }

  #closedError({ why, cause }: Ended): E {
    return new this.#parts.errors(
      "CLOSED",
      `${this.#what} cannot be called: its session has ended, since ${why}`,
      cause === undefined ? undefined : { cause },
    );
  }
}
