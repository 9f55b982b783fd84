import {
  type CallOptions,
  PluginError,
  type Procedure,
  type ProcedureEntry,
  type ProcedureSignature,
  type QName,
} from "@uni/plugin";
import type { RecordBatch } from "apache-arrow";
import type { LoaderError } from "../errors/loader-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import { decodeBatches } from "../ipc/decode.ts";
import type { PluginCalls } from "../load/plugin-calls.ts";
import { ArgumentEncoder } from "./argument-encoder.ts";
import { crossing, GUEST_ANSWER } from "./crossing.ts";
import { readYield } from "./read-yield.ts";

/** A procedure of a plugin: every run is a fresh guest. */
export class GuestProcedure<E extends LoaderError> implements Procedure {
  readonly name: QName;
  readonly signature: ProcedureSignature;
  readonly #entry: ProcedureEntry;
  readonly #calls: PluginCalls<E>;
  readonly #arguments: ArgumentEncoder<E>;

  constructor(entry: ProcedureEntry, calls: PluginCalls<E>) {
    this.name = entry.qname;
    this.signature = entry.signature;
    this.#entry = entry;
    this.#calls = calls;
    this.#arguments = new ArgumentEncoder(entry, calls.errors);
  }

  async *invoke(args: RecordBatch, options?: CallOptions): AsyncGenerator<RecordBatch> {
    const name = this.name.toString();
    const calls = this.#calls;
    yield* await calls.meter.run("procedure", name, args.numRows, async (metered) => {
      metered.enter("encode");
      const call = this.#call(args);
      const answer = await calls.run(metered, name, call, options);
      metered.enter("decode");
      return this.#batches(answer);
    });
  }

  invokeSync(args: RecordBatch, options?: CallOptions): RecordBatch[] {
    const name = this.name.toString();
    const calls = this.#calls;
    return calls.meter.runSync("procedure", name, args.numRows, (metered) => {
      metered.enter("encode");
      const call = this.#call(args);
      const answer = calls.runSync(metered, name, call, options);
      metered.enter("decode");
      return this.#batches(answer);
    });
  }

  #call(args: RecordBatch): GuestCall {
    if (args.numRows !== 1) {
      throw new PluginError(
        "ARGUMENTS_INVALID",
        `${this.name} takes its arguments as one row, got ${args.numRows}`,
      );
    }
    const ipc = this.#arguments.encode(args);
    return { method: "invokeProcedure", args: [this.name.toString(), ipc] };
  }

  #batches(answer: Uint8Array): RecordBatch[] {
    const { errors } = this.#calls;
    const batches = crossing(this.#entry, errors, () => decodeBatches(answer, GUEST_ANSWER));
    return batches.map((batch) => readYield(this.#entry, batch, errors));
  }
}
