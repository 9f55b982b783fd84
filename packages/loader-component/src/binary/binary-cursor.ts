import { ComponentError } from "../component-error.ts";

/** The component's bytes are not what the binary format says. */
export function malformed(message: string): ComponentError {
  return new ComponentError("INVALID_PLUGIN", `the component is malformed: ${message}`);
}

/** The component is well formed, and uses what this loader does not do. */
export function unsupported(what: string): ComponentError {
  return new ComponentError("INVALID_PLUGIN", `the component uses ${what}, which is not supported`);
}

/** Reads the binary format from bytes that nobody has validated. */
export class BinaryCursor {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  at: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.at = start;
    this.#end = end;
  }

  get done(): boolean {
    return this.at >= this.#end;
  }

  byte(): number {
    if (this.done) throw malformed(`it ends early, at offset ${this.at}`);
    // Inside of the bytes, so there is one.
    return this.#bytes[this.at++] as number;
  }

  /** An unsigned LEB128 of up to 32 bits. */
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      // Not `<<`, which is signed and folds at 32 bits.
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw malformed(`a number before offset ${this.at} has more than 32 bits`);
  }

  /** How many items follow, each of at least one byte. */
  count(): number {
    const count = this.u32();
    if (count > this.#end - this.at) throw malformed(`${count} items at offset ${this.at}`);
    return count;
  }

  list<T>(item: () => T): T[] {
    return Array.from({ length: this.count() }, item);
  }

  /** `0x00` for nothing, or `0x01` and an item. */
  optional<T>(item: () => T): T | undefined {
    const flag = this.byte();
    if (flag === 0) return undefined;
    if (flag === 1) return item();
    throw malformed(`the byte ${flag} before offset ${this.at}, where 0 or 1 belongs`);
  }

  name(): string {
    const bytes = this.take(this.u32());
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw malformed(`the name before offset ${this.at} is not UTF-8`);
    }
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    if (length > this.#end - this.at) {
      throw malformed(`it ends early: ${length} bytes are announced at offset ${this.at}`);
    }
    const bytes = this.#bytes.subarray(this.at, this.at + length);
    this.at += length;
    return bytes;
  }

  /** Everything that is left. */
  rest(): Uint8Array {
    return this.take(this.#end - this.at);
  }

  /** A cursor over the next `length` bytes, which this one is then behind. */
  section(length: number): BinaryCursor {
    const start = this.at;
    this.take(length);
    return new BinaryCursor(this.#bytes, start, this.at);
  }
}
