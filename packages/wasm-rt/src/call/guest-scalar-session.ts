import type { CallOptions, ScalarSession } from "@uni/plugin";
import type { RecordBatch, Vector } from "apache-arrow";
import type { LoaderError } from "../errors/loader-error.ts";
import type { GuestSession } from "../load/guest-session.ts";
import type { ScalarCrossing } from "./scalar-crossing.ts";

/** Calls of a plugin's scalar function that share one guest. */
export class GuestScalarSession<E extends LoaderError> implements ScalarSession {
  readonly #crossing: ScalarCrossing<E>;
  readonly #session: GuestSession<E>;

  constructor(crossing: ScalarCrossing<E>, session: GuestSession<E>) {
    this.#crossing = crossing;
    this.#session = session;
  }

  async invoke(args: RecordBatch, options?: CallOptions): Promise<Vector> {
    const crossing = this.#crossing;
    const read = (answer: Uint8Array) => crossing.result(args, answer);
    return this.#session.run(crossing.call(args), options, read);
  }

  invokeSync(args: RecordBatch, options?: CallOptions): Vector {
    const crossing = this.#crossing;
    const read = (answer: Uint8Array) => crossing.result(args, answer);
    return this.#session.runSync(crossing.call(args), options, read);
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }
}
