import type { GuestCall } from "../guest/guest.ts";
import type { GuestHandle } from "../guest/guest-engine.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import type { MeteredPlugin } from "./call-meter.ts";
import {
  type CallEnded,
  type CallStarted,
  callEndChannel,
  callStartChannel,
  type Surface,
} from "./channels.ts";
import type { Stage } from "./stage-times.ts";

/** How long the stages of one call take, and how much goes through them. */
export class MeteredCall {
  readonly surface: Surface;
  /** Undefined where the call did not come to a stage. */
  readonly stagesMs: Record<Stage, number | undefined> = {
    encode: undefined,
    wait: undefined,
    instantiate: undefined,
    execute: undefined,
    decode: undefined,
  };
  bytesIn = 0;
  bytesOut = 0;
  readonly #plugin: MeteredPlugin;
  readonly #name: string;
  readonly #rows: number;
  readonly #startedAt = performance.now();
  #stage: Stage | undefined;
  /** When the stage began. */
  #since = this.#startedAt;
  #guest: GuestHandle | undefined;
  #ending: CallEnding | undefined;
  /** How many bytes go to the guest, if it begins. */
  #sending = 0;
  /** What subscribers know the call by. */
  #started: CallStarted | undefined;

  constructor(plugin: MeteredPlugin, surface: Surface, name: string, rows: number) {
    this.#plugin = plugin;
    this.surface = surface;
    this.#name = name;
    this.#rows = rows;
  }

  /** Tells subscribers of the call, and runs it in the asynchronous context that they want for it. */
  run<T>(body: (call: MeteredCall) => T): T {
    if (!callStartChannel.hasSubscribers) return body(this);
    return callStartChannel.runStores(this.#description(), () => body(this));
  }

  /** The call comes to another stage. */
  enter(stage: Stage): void {
    this.#leave();
    this.#stage = stage;
  }

  /**
   * The call has its guest, and waits until this begins. Bytes are counted now, for they may be moved to
   * a thread.
   */
  hold(guest: GuestHandle, { args }: GuestCall, ending: CallEnding): void {
    this.#guest = guest;
    this.#ending = ending;
    this.#sending = 0;
    for (const arg of args) if (typeof arg !== "string") this.#sending += arg.byteLength;
  }

  /** Its guest has answered. */
  answered(answer: Uint8Array): void {
    this.bytesOut += answer.byteLength;
  }

  /** The call has ended. */
  end(): void {
    this.#leave();
    this.#stage = undefined;
  }

  /** Tells subscribers that the call has ended, and how. */
  publishEnd(errorCode: string | undefined): void {
    if (!callEndChannel.hasSubscribers) return;
    const { stagesMs, bytesIn, bytesOut } = this;
    const ended: CallEnded = Object.freeze({
      call: this.#description(),
      durationMs: this.#since - this.#startedAt,
      stagesMs: Object.freeze(stagesMs),
      ...{ bytesIn, bytesOut, errorCode },
    });
    callEndChannel.publish(ended);
  }

  #leave(): void {
    const now = performance.now();
    if (this.#stage === "wait") this.#leaveWait();
    if (this.#stage !== undefined) this.#add(this.#stage, now - this.#since);
    this.#since = now;
  }

  /** From the moment on in which its guest began, the call has not been waiting. */
  #leaveWait(): void {
    const begunAt = this.#ending?.begunAt;
    const build = this.#guest?.build;
    this.#ending = undefined;
    this.#guest = undefined;
    if (begunAt === undefined) return;
    let waitMs = begunAt - this.#since;
    let executingSince = begunAt;
    // A guest that is older was built ahead, or for an earlier call of its session.
    if (build !== undefined && build.startedAt >= this.#since) {
      if (build.startedAt < begunAt) waitMs -= build.tookMs;
      else executingSince += build.tookMs;
      this.#add("instantiate", build.tookMs);
    }
    this.#add("wait", waitMs);
    this.bytesIn += this.#sending;
    this.#stage = "execute";
    this.#since = executingSince;
  }

  #add(stage: Stage, ms: number): void {
    this.stagesMs[stage] = (this.stagesMs[stage] ?? 0) + ms;
  }

  #description(): CallStarted {
    const { pluginId, pluginVersion } = this.#plugin;
    this.#started ??= Object.freeze({
      ...{ pluginId, pluginVersion },
      function: this.#name,
      surface: this.surface,
      rows: this.#rows,
    });
    return this.#started;
  }
}
