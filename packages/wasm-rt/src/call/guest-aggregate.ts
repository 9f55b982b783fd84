import type {
  Accumulator,
  AggregateEntry,
  AggregateFunction,
  AggregateSignature,
  QName,
} from "@uni/plugin";
import type { LoaderError } from "../errors/loader-error.ts";
import type { PluginCalls } from "../load/plugin-calls.ts";
import { ArgumentEncoder } from "./argument-encoder.ts";
import { GuestAccumulator } from "./guest-accumulator.ts";

/** An aggregate of a plugin. A group is a state on the host; a guest lives only for one step. */
export class GuestAggregate<E extends LoaderError> implements AggregateFunction {
  readonly name: QName;
  readonly signature: AggregateSignature;
  readonly #entry: AggregateEntry;
  readonly #calls: PluginCalls<E>;
  readonly #arguments: ArgumentEncoder<E>;

  constructor(entry: AggregateEntry, calls: PluginCalls<E>) {
    this.name = entry.qname;
    this.signature = entry.signature;
    this.#entry = entry;
    this.#calls = calls;
    this.#arguments = new ArgumentEncoder(entry, calls.errors);
  }

  createAccumulator(): Accumulator {
    return new GuestAccumulator(this.#entry, this.#calls, this.#arguments);
  }
}
