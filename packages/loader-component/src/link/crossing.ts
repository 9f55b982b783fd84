import { type Codec, flatTypes } from "../canonical/codec.ts";
import type { Codecs } from "../canonical/codecs.ts";
import { FlatReader, type FlatValue } from "../canonical/flat.ts";
import type { GuestMemory } from "../canonical/guest-memory.ts";
import { tupleCodec } from "../canonical/records.ts";
import type { PlanFunctionType } from "../plan/types.ts";

/** CanonicalABI.md, `MAX_FLAT_RESULTS`. */
const MAX_FLAT_RESULTS = 1;

/**
 * How the arguments and the result of one function cross. What does not fit into core values goes
 * through memory, and its address in its place.
 */
export class Crossing {
  readonly #params: Codec;
  readonly #paramsInMemory: boolean;
  readonly #result: Codec | undefined;
  readonly #resultInMemory: boolean;

  constructor({ params, result }: PlanFunctionType, codecs: Codecs) {
    const types = params.map((ref) => codecs.of(ref));
    this.#params = tupleCodec(types);
    this.#paramsInMemory = flatTypes(types) === undefined;
    this.#result = result === null ? undefined : codecs.of(result);
    this.#resultInMemory =
      this.#result !== undefined && (this.#result.flat?.length ?? Infinity) > MAX_FLAT_RESULTS;
  }

  /** What a core function of the guest is called with. */
  lowerArguments(memory: GuestMemory, args: readonly unknown[]): readonly FlatValue[] {
    if (this.#paramsInMemory) return [this.#toMemory(memory, this.#params, args)];
    const flat: FlatValue[] = [];
    this.#params.lower(memory, args, flat);
    return flat;
  }

  /** What a core function of the guest returned. */
  liftResult(memory: GuestMemory, returned: unknown): unknown {
    const codec = this.#result;
    if (codec === undefined) return undefined;
    const reader = new FlatReader([returned]);
    if (!this.#resultInMemory) return codec.lift(memory, reader);
    return fromMemory(memory, codec, reader.number() >>> 0);
  }

  /** What the guest calls a function of the host with, and where its result goes if that is in memory. */
  liftArguments(
    memory: GuestMemory,
    flat: readonly unknown[],
  ): { readonly args: readonly unknown[]; readonly resultAt: number } {
    const reader = new FlatReader(flat);
    const values = this.#paramsInMemory
      ? fromMemory(memory, this.#params, reader.number() >>> 0)
      : this.#params.lift(memory, reader);
    const resultAt = this.#resultInMemory ? reader.number() >>> 0 : 0;
    // A tuple's codec reads an array.
    return { args: values as readonly unknown[], resultAt };
  }

  /** What a function of the host returns to the guest. */
  lowerResult(memory: GuestMemory, value: unknown, resultAt: number): FlatValue | undefined {
    const codec = this.#result;
    if (codec === undefined) return undefined;
    if (this.#resultInMemory) {
      memory.view(resultAt, codec.size, codec.alignment);
      codec.store(memory, resultAt, value);
      return undefined;
    }
    const flat: FlatValue[] = [];
    codec.lower(memory, value, flat);
    return flat[0];
  }

  #toMemory(memory: GuestMemory, codec: Codec, value: unknown): number {
    const at = memory.allocate(codec.size, codec.alignment);
    codec.store(memory, at, value);
    return at;
  }
}

function fromMemory(memory: GuestMemory, codec: Codec, at: number): unknown {
  memory.view(at, codec.size, codec.alignment);
  return codec.load(memory, at);
}
