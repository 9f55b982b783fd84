import type { ScalarEntry } from "@uni/plugin";
import { type RecordBatch, Vector } from "apache-arrow";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import { decodeBatch } from "../ipc/decode.ts";
import { ArgumentEncoder } from "./argument-encoder.ts";
import { answerOf, crossing } from "./crossing.ts";
import { propagateNulls } from "./propagate-nulls.ts";
import { readResult } from "./read-result.ts";

/** How calls of one scalar function go to a guest and come back. */
export class ScalarCrossing<E extends LoaderError> {
  /** Names the function in messages. */
  readonly name: string;
  readonly #entry: ScalarEntry;
  readonly #errors: LoaderErrorClass<E>;
  readonly #arguments: ArgumentEncoder<E>;

  constructor(entry: ScalarEntry, errors: LoaderErrorClass<E>) {
    this.name = entry.qname.toString();
    this.#entry = entry;
    this.#errors = errors;
    this.#arguments = new ArgumentEncoder(entry, errors);
  }

  call(args: RecordBatch): GuestCall {
    return { method: "invokeScalar", args: [this.name, this.#arguments.encode(args)] };
  }

  result(args: RecordBatch, answer: Uint8Array): Vector {
    const errors = this.#errors;
    const batch = crossing(this.#entry, errors, () => decodeBatch(answer, answerOf(args.numRows)));
    const column = readResult(this.#entry, args.numRows, batch, errors);
    const propagates = this.#entry.signature.nullHandling === "propagate";
    return new Vector([propagates ? propagateNulls(column, args) : column]);
  }
}
