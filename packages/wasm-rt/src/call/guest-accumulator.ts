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
import type { GateOptions } from "../load/call-gate.ts";
import type { PluginCalls } from "../load/plugin-calls.ts";
import type { MeteredCall } from "../observe/metered-call.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import { CallTurns } from "../wait/call-turns.ts";
import { endedError } from "../wait/ended-error.ts";
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
  readonly #turns = new CallTurns();

  constructor(entry: AggregateEntry, calls: PluginCalls<E>, args: ArgumentEncoder<E>) {
    this.#entry = entry;
    this.#calls = calls;
    this.#arguments = args;
    this.#name = entry.qname.toString();
  }

  async update(args: RecordBatch, options?: CallOptions): Promise<void> {
    await this.#metered(args.numRows, (metered) => {
      metered.enter("encode");
      const ipc = this.#arguments.encode(args);
      return this.#step(metered, "aggUpdate", ipc, options);
    });
  }

  updateSync(args: RecordBatch, options?: CallOptions): void {
    this.#meteredSync(args.numRows, (metered) => {
      metered.enter("encode");
      const ipc = this.#arguments.encode(args);
      this.#stepSync(metered, "aggUpdate", ipc, options);
    });
  }

  async merge(states: readonly Uint8Array[], options?: CallOptions): Promise<void> {
    if (states.length === 0) return;
    await this.#metered(states.length, (metered) => {
      metered.enter("encode");
      const ipc = partialStates(states);
      return this.#step(metered, "aggMerge", ipc, options);
    });
  }

  mergeSync(states: readonly Uint8Array[], options?: CallOptions): void {
    if (states.length === 0) return;
    this.#meteredSync(states.length, (metered) => {
      metered.enter("encode");
      const ipc = partialStates(states);
      this.#stepSync(metered, "aggMerge", ipc, options);
    });
  }

  state(): Uint8Array {
    this.#state ??= this.#meteredSync(0, (metered) => this.#runSync(metered, this.#newCall()));
    return this.#state.slice();
  }

  async evaluate(options?: CallOptions): Promise<unknown> {
    return this.#metered(0, (metered) =>
      this.#inOrder(metered, options, async (within) => {
        this.#state ??= await this.#run(metered, this.#newCall(), within);
        const args: [string, Uint8Array] = [this.#name, this.#state];
        const answer = await this.#run(metered, { method: "aggEvaluate", args }, within);
        metered.enter("decode");
        return this.#value(answer);
      }),
    );
  }

  evaluateSync(options?: CallOptions): unknown {
    return this.#meteredSync(0, (metered) => {
      this.#requireIdle();
      this.#state ??= this.#runSync(metered, this.#newCall(), options);
      const args: [string, Uint8Array] = [this.#name, this.#state];
      const answer = this.#runSync(metered, { method: "aggEvaluate", args }, options);
      metered.enter("decode");
      return this.#value(answer);
    });
  }

  #step(
    metered: MeteredCall,
    method: "aggUpdate" | "aggMerge",
    ipc: Uint8Array,
    options?: CallOptions,
  ): Promise<void> {
    return this.#inOrder(metered, options, async (within) => {
      const state = this.#state ?? (await this.#run(metered, this.#newCall(), within));
      this.#state = await this.#run(metered, { method, args: [this.#name, state, ipc] }, within);
    });
  }

  #stepSync(
    metered: MeteredCall,
    method: "aggUpdate" | "aggMerge",
    ipc: Uint8Array,
    options?: CallOptions,
  ): void {
    this.#requireIdle();
    const state = this.#state ?? this.#runSync(metered, this.#newCall(), options);
    this.#state = this.#runSync(metered, { method, args: [this.#name, state, ipc] }, options);
  }

  /**
   * Runs a step after those before it, of which one that failed does not stop it: it starts from the
   * state before that one. Waiting for them, and all calls of the step, is in the time that it has.
   */
  #inOrder<T>(
    metered: MeteredCall,
    options: CallOptions | undefined,
    step: (within: GateOptions) => Promise<T>,
  ): Promise<T> {
    metered.enter("wait");
    return this.#calls.within(this.#name, options, async (ending) => {
      if (this.#turns.taken) await this.#turns.wait(ending, () => this.#refusal(ending));
      this.#turns.take();
      try {
        // The turn may have come before the end of the step, and nobody looked in between.
        if (ending.reason !== undefined) throw this.#refusal(ending);
        return await step({ ...options, since: ending.createdAt });
      } finally {
        this.#turns.pass();
      }
    });
  }

  #refusal(ending: CallEnding): E {
    return endedError(this.#calls.errors, this.#name, ending);
  }

  #requireIdle(): void {
    if (!this.#turns.taken) return;
    throw new PluginError(
      "BUSY",
      `${this.#name}: ${this.#turns.waiting + 1} asynchronous steps of this accumulator have not ended; await them before a synchronous one`,
    );
  }

  /** A step is one call, also where the first one needs a state and so a second guest. */
  #metered<T>(rows: number, body: (metered: MeteredCall) => Promise<T>): Promise<T> {
    return this.#calls.meter.run("aggregate", this.#name, rows, body);
  }

  #meteredSync<T>(rows: number, body: (metered: MeteredCall) => T): T {
    return this.#calls.meter.runSync("aggregate", this.#name, rows, body);
  }

  #newCall(): GuestCall {
    return { method: "aggNew", args: [this.#name] };
  }

  #run(metered: MeteredCall, call: GuestCall, options: GateOptions): Promise<Uint8Array> {
    return this.#calls.run(metered, this.#name, call, options);
  }

  #runSync(metered: MeteredCall, call: GuestCall, options?: CallOptions): Uint8Array {
    return this.#calls.runSync(metered, this.#name, call, options);
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
