import type { Surface } from "./channels.ts";
import { errorCode } from "./error-code.ts";
import { MeteredCall } from "./metered-call.ts";
import { type Stage, StageTimer, type StageTimes } from "./stage-times.ts";

/** Which plugin is metered. */
export interface MeteredPlugin {
  readonly pluginId: string;
  readonly pluginVersion: string;
}

/** What has come of the calls of a plugin that have ended. */
export interface CallStats {
  /** Calls that have ended, by what they were of; those that failed too. */
  readonly calls: Readonly<Record<Surface, number>>;
  /** Of them those that failed, by the `code` of their error; `OTHER` where it is no `UniError`. */
  readonly failures: Readonly<Record<string, number>>;
  /** Bytes of Arrow IPC and states that went to guests, and that came back. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly times: Readonly<Record<Stage, StageTimes>>;
}

/** Owns the counters of one plugin's calls. */
export class CallMeter {
  readonly #plugin: MeteredPlugin;
  readonly #calls: Record<Surface, number> = { scalar: 0, aggregate: 0, procedure: 0 };
  readonly #failures = new Map<string, number>();
  #bytesIn = 0;
  #bytesOut = 0;
  readonly #times: Readonly<Record<Stage, StageTimer>> = {
    encode: new StageTimer(),
    wait: new StageTimer(),
    instantiate: new StageTimer(),
    execute: new StageTimer(),
    decode: new StageTimer(),
  };

  constructor(plugin: MeteredPlugin) {
    this.#plugin = plugin;
  }

  /** Meters one call, from its arguments to its result, however many guests it takes. */
  async run<T>(
    surface: Surface,
    name: string,
    rows: number,
    body: (call: MeteredCall) => Promise<T>,
  ): Promise<T> {
    const call = new MeteredCall(this.#plugin, surface, name, rows);
    try {
      const result = await call.run(body);
      this.#end(call, undefined);
      return result;
    } catch (error) {
      this.#end(call, errorCode(error));
      throw error;
    }
  }

  /** As `run`, while the caller waits. */
  runSync<T>(surface: Surface, name: string, rows: number, body: (call: MeteredCall) => T): T {
    const call = new MeteredCall(this.#plugin, surface, name, rows);
    try {
      const result = call.run(body);
      this.#end(call, undefined);
      return result;
    } catch (error) {
      this.#end(call, errorCode(error));
      throw error;
    }
  }

  snapshot(): CallStats {
    const { encode, wait, instantiate, execute, decode } = this.#times;
    return Object.freeze({
      calls: Object.freeze({ ...this.#calls }),
      failures: Object.freeze(Object.fromEntries(this.#failures)),
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      times: Object.freeze({
        encode: encode.snapshot(),
        wait: wait.snapshot(),
        instantiate: instantiate.snapshot(),
        execute: execute.snapshot(),
        decode: decode.snapshot(),
      }),
    });
  }

  #end(call: MeteredCall, code: string | undefined): void {
    call.end();
    this.#calls[call.surface] += 1;
    this.#bytesIn += call.bytesIn;
    this.#bytesOut += call.bytesOut;
    const { encode, wait, instantiate, execute, decode } = call.stagesMs;
    const times = this.#times;
    if (encode !== undefined) times.encode.add(encode);
    if (wait !== undefined) times.wait.add(wait);
    if (instantiate !== undefined) times.instantiate.add(instantiate);
    if (execute !== undefined) times.execute.add(execute);
    if (decode !== undefined) times.decode.add(decode);
    if (code !== undefined) this.#failures.set(code, (this.#failures.get(code) ?? 0) + 1);
    call.publishEnd(code);
  }
}
