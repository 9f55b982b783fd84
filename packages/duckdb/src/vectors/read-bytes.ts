import { bindings, type Vector } from "../client/bindings.ts";
import { pointerAt, STRING_ENTRY } from "./string-entry.ts";
import { isValid, type Validity } from "./validity.ts";

/** The bytes of strings or blobs, one after the other, and where each begins; the last offset is the end. */
export interface ByteColumn {
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

// A gap shorter than a page of memory has no page to itself: whoever reads over it touches only pages
// that have bytes of the strings at its ends.
const MAX_GAP_BYTES = 64;
const MAX_TOTAL_BYTES = 2 ** 31 - 1;

/**
 * Reads the strings or blobs of a vector of `rows` values.
 *
 * DuckDB points to long strings one by one, and asking for each costs more than everything else. But
 * they mostly lie side by side, forwards or backwards: so neighbours are read in one piece.
 *
 * @throws RangeError above 2 GiB, which the offsets of a wire type cannot express.
 */
export function readBytes(vector: Vector, rows: number, valid: Validity): ByteColumn {
  const source = bindings.vector_get_data(vector, rows * STRING_ENTRY.bytes);
  const entries = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const offsets = new Int32Array(rows + 1);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    if (isValid(valid, row)) total += entries.getUint32(row * STRING_ENTRY.bytes, true);
    if (total > MAX_TOTAL_BYTES) {
      throw new RangeError(`a chunk of strings or blobs is larger than ${MAX_TOTAL_BYTES} bytes`);
    }
    offsets[row + 1] = total;
  }
  const bytes = new Uint8Array(total);
  const run = new StringRun(source, bytes);
  for (let row = 0; row < rows; row++) {
    const start = offsets[row] ?? 0;
    const length = (offsets[row + 1] ?? 0) - start;
    const entry = row * STRING_ENTRY.bytes;
    if (length > STRING_ENTRY.inlineBytes) run.add(entry, pointerAt(entries, entry), length, start);
    else copyShort(source, entry + STRING_ENTRY.inlineOffset, bytes, start, length);
  }
  run.end();
  return { offsets, bytes };
}

/** For a dozen bytes, a loop is faster than a call. */
function copyShort(
  source: Uint8Array,
  from: number,
  target: Uint8Array,
  to: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) target[to + i] = source[from + i] ?? 0;
}

/** Strings that lie side by side in DuckDB's memory, on their way to where they belong. */
class StringRun {
  readonly #entries: Uint8Array;
  readonly #target: Uint8Array;
  /** Address, length and place in the target, of each. */
  readonly #strings: number[] = [];
  /** The entry that points to where the run starts. */
  #firstEntry = 0;
  #startAddress = 0;
  #endAddress = 0;

  constructor(entries: Uint8Array, target: Uint8Array) {
    this.#entries = entries;
    this.#target = target;
  }

  add(entry: number, address: number, length: number, to: number): void {
    const end = address + length;
    const follows = Math.abs(address - this.#endAddress) <= MAX_GAP_BYTES;
    const precedes = Math.abs(this.#startAddress - end) <= MAX_GAP_BYTES;
    if (this.#strings.length > 0 && !follows && !precedes) this.end();
    if (this.#strings.length === 0 || address < this.#startAddress) {
      this.#startAddress = address;
      this.#firstEntry = entry;
    }
    if (this.#strings.length === 0 || end > this.#endAddress) this.#endAddress = end;
    this.#strings.push(address, length, to);
  }

  /** Reads the run and starts another. */
  end(): void {
    const strings = this.#strings;
    if (strings.length === 0) return;
    const run = bindings.get_data_from_pointer(
      // The bindings take the buffer that the pointer was copied into.
      this.#entries.buffer as ArrayBuffer,
      this.#entries.byteOffset + this.#firstEntry + STRING_ENTRY.pointerOffset,
      this.#endAddress - this.#startAddress,
    );
    for (let i = 0; i < strings.length; i += 3) {
      const from = (strings[i] ?? 0) - this.#startAddress;
      this.#target.set(run.subarray(from, from + (strings[i + 1] ?? 0)), strings[i + 2] ?? 0);
    }
    strings.length = 0;
  }
}
