import { IpcError } from "./ipc-error.ts";

/** How large a stream may be before it is refused with `IPC_LIMIT`. */
export interface IpcLimits {
  /** Bytes of the whole stream. */
  readonly maxBytes: number;
  /**
   * Rows, summed over the batches; also the values of a nested column that takes no bytes, such as
   * the items of a list of nulls: they are claimed for free.
   */
  readonly maxRows: number;
  /** Columns at the top of the schema. */
  readonly maxColumns: number;
  /** Fields of the schema, children included. */
  readonly maxFields: number;
  /** How deep fields may nest; a column that has no children is at depth 1. */
  readonly maxDepth: number;
  /** Dictionary values, summed over the dictionary batches. */
  readonly maxDictionaryEntries: number;
  /**
   * What becomes an object of the heap, or a few, however few bytes it has: tables of metadata,
   * columns of batches at every depth, data buffers of views. Summed over the stream.
   */
  readonly maxObjects: number;
  /** How many times in a row one dictionary may grow by a delta. */
  readonly maxDictionaryDeltas: number;
}

/** What holds where a caller sets no limit of its own. */
export const DEFAULT_IPC_LIMITS: IpcLimits = Object.freeze({
  maxBytes: 1 << 30,
  maxRows: 1 << 26,
  maxColumns: 4096,
  maxFields: 16_384,
  maxDepth: 64,
  maxDictionaryEntries: 1 << 24,
  maxObjects: 1 << 20,
  maxDictionaryDeltas: 256,
});

/** Counts what `maxObjects` limits, over one stream. */
export class ObjectCount {
  readonly #limits: IpcLimits;
  #count = 0;

  constructor(limits: IpcLimits) {
    this.#limits = limits;
  }

  add(objects: number): void {
    this.#count += objects;
    if (this.#count > this.#limits.maxObjects) {
      withinLimit(this.#limits, "maxObjects", this.#count);
    }
  }
}

/** Throws `IPC_LIMIT` where `actual` is more than the limit called `name`. */
export function withinLimit(
  limits: IpcLimits,
  name: keyof IpcLimits,
  actual: number,
  column?: string,
): void {
  if (actual <= limits[name]) return;
  throw new IpcError(
    "IPC_LIMIT",
    `${actual} is over the limit ${name} of ${limits[name]}${column === undefined ? "" : ` at column ${column}`}`,
    { column, rule: name },
  );
}
