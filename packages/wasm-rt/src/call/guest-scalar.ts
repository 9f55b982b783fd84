import type {
  CallOptions,
  FunctionSignature,
  QName,
  ScalarEntry,
  ScalarFunction,
} from "@uni/plugin";
import { type RecordBatch, Vector } from "apache-arrow";
import { decodeBatch } from "../ipc/decode.ts";
import type { GuestCall } from "../load/guest.ts";
import type { LoaderError } from "../load/loader-error.ts";
import type { PluginCalls } from "../load/plugin-calls.ts";
import { ArgumentEncoder } from "./argument-encoder.ts";
import { answerOf, crossing } from "./crossing.ts";
import { propagateNulls } from "./propagate-nulls.ts";
import { readResult } from "./read-result.ts";

/** A scalar function of a plugin: every call is a fresh guest. */
export class GuestScalar<E extends LoaderError> implements ScalarFunction {
  readonly name: QName;
  readonly signature: FunctionSignature;
  readonly #entry: ScalarEntry;
  readonly #calls: PluginCalls<E>;
  readonly #arguments: ArgumentEncoder<E>;

  constructor(entry: ScalarEntry, calls: PluginCalls<E>) {
    this.name = entry.qname;
    this.signature = entry.signature;
    this.#entry = entry;
    this.#calls = calls;
    this.#arguments = new ArgumentEncoder(entry, calls.errors);
  }

  async invoke(args: RecordBatch, options?: CallOptions): Promise<Vector> {
    const answer = await this.#calls.run(this.name.toString(), this.#call(args), options);
    return this.#result(args, answer);
  }

  invokeSync(args: RecordBatch, options?: CallOptions): Vector {
    const answer = this.#calls.runSync(this.name.toString(), this.#call(args), options);
    return this.#result(args, answer);
  }

  #call(args: RecordBatch): GuestCall {
    return { method: "invokeScalar", args: [this.name.toString(), this.#arguments.encode(args)] };
  }

  #result(args: RecordBatch, answer: Uint8Array): Vector {
    const { errors } = this.#calls;
    const batch = crossing(this.#entry, errors, () => decodeBatch(answer, answerOf(args.numRows)));
    const column = readResult(this.#entry, args.numRows, batch, errors);
    const propagates = this.signature.nullHandling === "propagate";
    return new Vector([propagates ? propagateNulls(column, args) : column]);
  }
}
