import type {
  CallOptions,
  FunctionSignature,
  QName,
  ScalarEntry,
  ScalarFunction,
  ScalarSession,
} from "@uni/plugin";
import type { RecordBatch, Vector } from "apache-arrow";
import type { LoaderError } from "../errors/loader-error.ts";
import type { PluginCalls } from "../load/plugin-calls.ts";
import { GuestScalarSession } from "./guest-scalar-session.ts";
import { ScalarCrossing } from "./scalar-crossing.ts";

/** A scalar function of a plugin: every call is a fresh guest, or every session. */
export class GuestScalar<E extends LoaderError> implements ScalarFunction {
  readonly name: QName;
  readonly signature: FunctionSignature;
  readonly openSession?: () => ScalarSession;
  readonly #calls: PluginCalls<E>;
  readonly #crossing: ScalarCrossing<E>;

  constructor(entry: ScalarEntry, calls: PluginCalls<E>) {
    const crossing = new ScalarCrossing(entry, calls.errors);
    this.name = entry.qname;
    this.signature = entry.signature;
    this.#calls = calls;
    this.#crossing = crossing;
    if (calls.keepsGuests) {
      this.openSession = () =>
        new GuestScalarSession(crossing, calls.openSession(crossing.name), calls.meter);
    }
  }

  async invoke(args: RecordBatch, options?: CallOptions): Promise<Vector> {
    const crossing = this.#crossing;
    const calls = this.#calls;
    return calls.meter.run("scalar", crossing.name, args.numRows, async (metered) => {
      metered.enter("encode");
      const call = crossing.call(args);
      const answer = await calls.run(metered, crossing.name, call, options);
      metered.enter("decode");
      return crossing.result(args, answer);
    });
  }

  invokeSync(args: RecordBatch, options?: CallOptions): Vector {
    const crossing = this.#crossing;
    const calls = this.#calls;
    return calls.meter.runSync("scalar", crossing.name, args.numRows, (metered) => {
      metered.enter("encode");
      const call = crossing.call(args);
      const answer = calls.runSync(metered, crossing.name, call, options);
      metered.enter("decode");
      return crossing.result(args, answer);
    });
  }
}
