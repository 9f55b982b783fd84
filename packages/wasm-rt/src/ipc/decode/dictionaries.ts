import { type Data, Vector } from "apache-arrow";
import { DICTIONARY_BATCH } from "../flatbuffer/slots.ts";
import { type IpcLimits, withinLimit } from "../limits.ts";
import type { BatchReader } from "./read-batch.ts";
import type { StreamMessage } from "./read-messages.ts";
import type { SchemaPlan } from "./read-schema.ts";

/** A dictionary as it is at some point of a stream. */
interface Dictionary {
  readonly chunks: Data[];
  /** Made when a batch asks, and until the dictionary changes. */
  vector: Vector | undefined;
}

/** The dictionaries of a stream: each comes whole, may grow by deltas, and may come anew. */
export class Dictionaries {
  readonly #plan: SchemaPlan;
  readonly #limits: IpcLimits;
  readonly #byId = new Map<number, Dictionary>();
  #entries = 0;
  #memoryLeft: number;

  /** @param streamBytes how many bytes the stream has. */
  constructor(plan: SchemaPlan, limits: IpcLimits, streamBytes: number) {
    this.#memoryLeft = streamBytes;
    this.#plan = plan;
    this.#limits = limits;
  }

  /** The dictionary of an id as it is now; `undefined` where none came. */
  get(id: number): Vector | undefined {
    const dictionary = this.#byId.get(id);
    if (dictionary === undefined) return undefined;
    dictionary.vector ??= this.#vectorOf(dictionary);
    return dictionary.vector;
  }

  // Rows share the values of a dictionary, so apache-arrow remembers those that were read, in an
  // array as long as the dictionary. A dictionary of nulls, or one that grows often, would have such
  // arrays for next to no bytes: then it is read as any other column.
  #vectorOf({ chunks }: Dictionary): Vector {
    const vector = new Vector([...chunks]);
    if (vector.length > this.#memoryLeft) return vector;
    this.#memoryLeft -= vector.length;
    return vector.memoize();
  }

  /** Takes a dictionary batch. */
  add(message: StreamMessage, batches: BatchReader): void {
    const { header, position } = message;
    const id = header.count(DICTIONARY_BATCH.id);
    const columns = this.#plan.dictionaries.get(id);
    if (columns === undefined) {
      throw position.malformed(
        "dictionary-known",
        `expected a dictionary of the schema (${[...this.#plan.dictionaries.keys()].join(", ")}), got id ${id}`,
      );
    }
    const batch = header.table(DICTIONARY_BATCH.data);
    if (batch === undefined) {
      throw position.malformed(
        "flatbuffer-required",
        "expected the values of a dictionary, got none",
      );
    }
    const isDelta = header.boolean(DICTIONARY_BATCH.isDelta);
    const {
      rows,
      columns: [values],
    } = batches.read(message, batch, columns, this);
    // A dictionary is planned as one column.
    if (values === undefined) throw new Error(`dictionary ${id} has no column`);
    this.#entries += rows;
    withinLimit(this.#limits, "maxDictionaryEntries", this.#entries);
    const known = this.#byId.get(id);
    if (!isDelta) {
      this.#byId.set(id, { chunks: [values], vector: undefined });
      return;
    }
    if (known === undefined) {
      throw position.malformed(
        "dictionary-delta",
        `expected dictionary ${id} before its first delta`,
      );
    }
    known.chunks.push(values);
    known.vector = undefined;
    withinLimit(this.#limits, "maxDictionaryDeltas", known.chunks.length - 1);
  }
}
