import { type Accumulator, type AggregateEntry, type CallOptions, PluginError } from "@uni/plugin";
import {
  Binary,
  Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  vectorFromArray,
} from "apache-arrow";
import type { LoaderError } from "../errors/loader-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import { decodeBatch } from "../ipc/decode.ts";
import { encodeBatch } from "../ipc/encode.ts";
import type { PluginCalls } from "../load/plugin-calls.ts";
import type { ArgumentEncoder } from "./argument-encoder.ts";
import { answerOf, crossing } from "./crossing.ts";
import { readResult } from "./read-result.ts";

/** One group: its state, and the order of its steps. */
export class GuestAccumulator<E extends LoaderError> implements Accumulator {
  readonly #entry: AggregateEntry;
  readonly #calls: PluginCalls<E>;
  readonly #arguments: ArgumentEncoder<E>;
  readonly #name: string;
  #state: Uint8Array | undefined;
  #pending = 0;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(entry: AggregateEntry, calls: PluginCalls<E>, args: ArgumentEncoder<E>) {
    this.#entry = entry;
    this.#calls = calls;
    this.#arguments = args;
    this.#name = entry.qname.toString();
  }

  async update(args: RecordBatch, options?: CallOptions): Promise<void> {
    await this.#step("aggUpdate", this.#arguments.encode(args), options);
  }

  updateSync(args: RecordBatch, options?: CallOptions): void {
    this.#stepSync("aggUpdate", this.#arguments.encode(args), options);
  }

  async merge(states: readonly Uint8Array[], options?: CallOptions): Promise<void> {
    if (states.length > 0) await this.#step("aggMerge", partialStates(states), options);
  }

  mergeSync(states: readonly Uint8Array[], options?: CallOptions): void {
    if (states.length > 0) this.#stepSync("aggMerge", partialStates(states), options);
  }

  state(): Uint8Array {
    this.#state ??= this.#runSync(this.#newCall());
    return this.#state.slice();
  }

  async evaluate(options?: CallOptions): Promise<unknown> {
    return this.#inOrder(async () => {
      this.#state ??= await this.#run(this.#newCall(), options);
      const args: [string, Uint8Array] = [this.#name, this.#state];
      return this.#value(await this.#run({ method: "aggEvaluate", args }, options));
    });
  }

  evaluateSync(options?: CallOptions): unknown {
    this.#requireIdle();
    this.#state ??= this.#runSync(this.#newCall(), options);
    const args: [string, Uint8Array] = [this.#name, this.#state];
    return this.#value(this.#runSync({ method: "aggEvaluate", args }, options));
  }

  #step(method: "aggUpdate" | "aggMerge", ipc: Uint8Array, options?: CallOptions): Promise<void> {
    return this.#inOrder(async () => {
      const state = this.#state ?? (await this.#run(this.#newCall(), options));
      this.#state = await this.#run({ method, args: [this.#name, state, ipc] }, options);
    });
  }

  #stepSync(method: "aggUpdate" | "aggMerge", ipc: Uint8Array, options?: CallOptions): void {
    this.#requireIdle();
    const state = this.#state ?? this.#runSync(this.#newCall(), options);
    this.#state = this.#runSync({ method, args: [this.#name, state, ipc] }, options);
  }

  /** Runs a step after those before it, of which one that failed does not stop it. */
  #inOrder<T>(step: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    const done = this.#tail.then(step).finally(() => {
      this.#pending -= 1;
    });
    this.#tail = done.catch(() => {
      // Who called the step gets its error; the next step starts from the state before it.
    });
    return done;
  }

  #requireIdle(): void {
    if (this.#pending === 0) return;
    throw new PluginError(
      "BUSY",
      `${this.#name}: ${this.#pending} asynchronous steps of this accumulator have not ended; await them before a synchronous one`,
    );
  }

  #newCall(): GuestCall {
    return { method: "aggNew", args: [this.#name] };
  }

  #run(call: GuestCall, options?: CallOptions): Promise<Uint8Array> {
    return this.#calls.run(this.#name, call, options);
  }

  #runSync(call: GuestCall, options?: CallOptions): Uint8Array {
    return this.#calls.runSync(this.#name, call, options);
  }

  #value(answer: Uint8Array): unknown {
    const { errors } = this.#calls;
    const batch = crossing(this.#entry, errors, () => decodeBatch(answer, answerOf(1)));
    readResult(this.#entry, 1, batch, errors);
    return batch?.getChildAt(0)?.get(0);
  }
}

const PARTIAL_STATE = new Schema([new Field("partial_state", new Binary(), true)]);

function partialStates(states: readonly Uint8Array[]): Uint8Array {
  const children = vectorFromArray([...states], new Binary()).data;
  const type = new Struct(PARTIAL_STATE.fields);
  const data = makeData({ type, length: states.length, nullCount: 0, children: [...children] });
  return encodeBatch(new RecordBatch(PARTIAL_STATE, data));
}
