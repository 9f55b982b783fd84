import type { FlatBuffer } from "./flat-buffer.ts";

/** Where the elements of a vector are, and how many. */
export interface FlatVector {
  readonly at: number;
  readonly length: number;
}

const NO_TABLES: readonly FlatTable[] = [];

/**
 * A table of a flatbuffer. Fields are named by their slot, their position in the schema's definition
 * of the table; one that is absent has the default that the definition gives it.
 */
export class FlatTable {
  readonly #buffer: FlatBuffer;
  readonly #start: number;
  readonly #tableBytes: number;
  readonly #vtable: number;
  readonly #vtableBytes: number;

  constructor(
    buffer: FlatBuffer,
    at: number,
    tableBytes: number,
    vtable: number,
    vtableBytes: number,
  ) {
    this.#buffer = buffer;
    this.#start = at;
    this.#tableBytes = tableBytes;
    this.#vtable = vtable;
    this.#vtableBytes = vtableBytes;
  }

  uint8(slot: number): number {
    const at = this.at(slot, 1);
    return at === 0 ? 0 : this.#buffer.view.getUint8(at);
  }

  boolean(slot: number): boolean {
    return this.uint8(slot) !== 0;
  }

  int16(slot: number, byDefault: number): number {
    const at = this.at(slot, 2);
    return at === 0 ? byDefault : this.#buffer.view.getInt16(at, true);
  }

  int32(slot: number, byDefault: number): number {
    const at = this.at(slot, 4);
    return at === 0 ? byDefault : this.#buffer.view.getInt32(at, true);
  }

  /** A 64-bit integer that must be a count: safe, and not negative. */
  count(slot: number): number {
    const at = this.at(slot, 8);
    return at === 0 ? 0 : countAt(this.#buffer, at);
  }

  text(slot: number): string | undefined {
    const at = this.at(slot, 4);
    return at === 0 ? undefined : this.#buffer.textAt(this.#buffer.follow(at));
  }

  table(slot: number): FlatTable | undefined {
    const at = this.at(slot, 4);
    return at === 0 ? undefined : this.#buffer.tableAt(this.#buffer.follow(at));
  }

  /** The elements of a vector of scalars, or of structs where `alignment` is less than their size. */
  vector(
    slot: number,
    elementBytes: number,
    alignment: number = elementBytes,
  ): FlatVector | undefined {
    const field = this.at(slot, 4);
    if (field === 0) return undefined;
    const at = this.#buffer.follow(field);
    this.#buffer.require(at, 4, 4);
    const length = this.#buffer.view.getUint32(at, true);
    this.#buffer.require(at + 4, length * elementBytes, alignment);
    return { at: at + 4, length };
  }

  /** An element of a vector of 32-bit integers. */
  int32At({ at }: FlatVector, index: number): number {
    return this.#buffer.view.getInt32(at + index * 4, true);
  }

  /** As `vector`, where it cannot be left out. */
  requiredVector(slot: number, elementBytes: number, alignment: number, what: string): FlatVector {
    const vector = this.vector(slot, elementBytes, alignment);
    if (vector !== undefined) return vector;
    throw this.#buffer.position.malformed("flatbuffer-required", `expected ${what}, got none`);
  }

  /** The tables that a vector refers to, in order; none where it is absent. */
  tables(slot: number): readonly FlatTable[] {
    const vector = this.vector(slot, 4);
    if (vector === undefined || vector.length === 0) return NO_TABLES;
    const tables: FlatTable[] = [];
    for (let i = 0; i < vector.length; i++) {
      tables.push(this.#buffer.tableAt(this.#buffer.follow(vector.at + i * 4)));
    }
    return tables;
  }

  /** Where the scalar in a slot is, 0 where it is absent. */
  at(slot: number, bytes: 1 | 2 | 4 | 8): number {
    const entry = 4 + 2 * slot;
    if (entry + 2 > this.#vtableBytes) return 0;
    const offset = this.#buffer.view.getUint16(this.#vtable + entry, true);
    if (offset === 0) return 0;
    if (offset < 4 || offset + bytes > this.#tableBytes) {
      throw this.#buffer.position.malformed(
        "flatbuffer-bounds",
        `field ${slot} of the table at offset ${this.#start} is not inside its ${this.#tableBytes} bytes`,
      );
    }
    const at = this.#start + offset;
    if ((at & (bytes - 1)) !== 0) {
      throw this.#buffer.position.malformed(
        "flatbuffer-alignment",
        `expected field ${slot} at offset ${at} to be at a multiple of ${bytes}`,
      );
    }
    return at;
  }
}

/** The 64-bit integer at `at`, which must be a count: safe, and not negative. */
export function countAt({ view, position }: FlatBuffer, at: number): number {
  // Two halves are several times faster than a BigInt. 2^53 is 2^21 in the upper half.
  const high = view.getInt32(at + 4, true);
  if (high < 0 || high >= 2 ** 21) {
    throw position.malformed(
      "safe-integer",
      `expected a count at offset ${at}, got ${view.getBigInt64(at, true)}`,
    );
  }
  return high * 2 ** 32 + view.getUint32(at, true);
}
