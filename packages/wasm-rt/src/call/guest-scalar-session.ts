import type { CallOptions, ScalarSession } from "@uni/plugin";
import type { RecordBatch, Vector } from "apache-arrow";
import type { LoaderError } from "../errors/loader-error.ts";
import type { GuestSession } from "../load/guest-session.ts";
import type { CallMeter } from "../observe/call-meter.ts";
import type { ScalarCrossing } from "./scalar-crossing.ts";

/** Calls of a plugin's scalar function that share one guest. */
export class GuestScalarSession<E extends LoaderError> implements ScalarSession {
  readonly #crossing: ScalarCrossing<E>;
  readonly #session: GuestSession<E>;
  readonly #meter: CallMeter;

  constructor(crossing: ScalarCrossing<E>, session: GuestSession<E>, meter: CallMeter) {
    this.#crossing = crossing;
    this.#session = session;
    this.#meter = meter;
  }

  async invoke(args: RecordBatch, options?: CallOptions): Promise<Vector> {
    const crossing = this.#crossing;
    const read = (answer: Uint8Array) => crossing.result(args, answer);
    return this.#meter.run("scalar", crossing.name, args.numRows, async (metered) => {
      metered.enter("encode");
      const call = crossing.call(args);
      return this.#session.run(metered, call, options, read);
    });
  }

  invokeSync(args: RecordBatch, options?: CallOptions): Vector {
    const crossing = this.#crossing;
    const read = (answer: Uint8Array) => crossing.result(args, answer);
    return this.#meter.runSync("scalar", crossing.name, args.numRows, (metered) => {
      metered.enter("encode");
      const call = crossing.call(args);
      return this.#session.runSync(metered, call, options, read);
    });
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }
}
