import type { DerivedBuffer } from "./body.ts";

/** Bytes, and zeros behind them. */
export class ZeroPadded implements DerivedBuffer {
  readonly byteLength: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, byteLength: number) {
    this.#bytes = bytes;
    this.byteLength = byteLength;
  }

  writeTo(target: Uint8Array): void {
    target.set(this.#bytes);
    target.fill(0, this.#bytes.byteLength);
  }
}

/** Bits from anywhere in a bitmap, moved to its start, and zeros behind them. */
export class Bits implements DerivedBuffer {
  readonly byteLength: number;
  readonly #bitmap: Uint8Array | undefined;
  readonly #from: number;
  readonly #count: number;

  /**
   * @param bitmap where there is none, all bits are set.
   * @param from the first bit.
   * @param count how many bits to take.
   * @param length how many there are to be.
   */
  constructor(bitmap: Uint8Array | undefined, from: number, count: number, length: number) {
    this.#bitmap = bitmap;
    this.#from = from;
    this.#count = count;
    this.byteLength = Math.ceil(length / 8);
  }

  writeTo(target: Uint8Array): void {
    const count = this.#count;
    const bytes = Math.ceil(count / 8);
    if (this.#bitmap === undefined) target.fill(0xff, 0, bytes);
    else copyBits(this.#bitmap, this.#from, bytes, target);
    target.fill(0, bytes);
    // What lies behind the last bit is not of these rows.
    if (count % 8 !== 0) target[bytes - 1] = (target[bytes - 1] ?? 0) & (0xff >> (8 - (count % 8)));
  }
}

function copyBits(bitmap: Uint8Array, from: number, bytes: number, target: Uint8Array): void {
  const start = Math.floor(from / 8);
  const shift = from % 8;
  if (shift === 0) {
    const there = bitmap.subarray(start, start + bytes);
    target.set(there);
    target.fill(0, there.byteLength, bytes);
    return;
  }
  for (let i = 0; i < bytes; i++) {
    const low = (bitmap[start + i] ?? 0) >> shift;
    const high = (bitmap[start + i + 1] ?? 0) << (8 - shift);
    target[i] = low | high;
  }
}

/** Offsets that start at 0, made of ones that start elsewhere; the last is repeated as needed. */
export class Rebased implements DerivedBuffer {
  readonly byteLength: number;
  readonly #offsets: Int32Array | BigInt64Array;
  readonly #count: number;

  /**
   * @param offsets those to take, at least one unless there is none at all.
   * @param count how many there are to be.
   */
  constructor(offsets: Int32Array | BigInt64Array, count: number) {
    this.#offsets = offsets;
    this.#count = count;
    this.byteLength = count * offsets.BYTES_PER_ELEMENT;
  }

  writeTo(target: Uint8Array): void {
    const { buffer, byteOffset } = target;
    // Buffers start at multiples of 8.
    if (this.#offsets instanceof BigInt64Array) {
      const wide = new BigInt64Array(buffer, byteOffset, this.#count);
      const [first = 0n] = this.#offsets;
      for (let i = 0; i < this.#offsets.length; i++) wide[i] = (this.#offsets[i] ?? 0n) - first;
      wide.fill((this.#offsets.at(-1) ?? 0n) - first, this.#offsets.length);
      return;
    }
    const narrow = new Int32Array(buffer, byteOffset, this.#count);
    const [first = 0] = this.#offsets;
    for (let i = 0; i < this.#offsets.length; i++) narrow[i] = (this.#offsets[i] ?? 0) - first;
    narrow.fill((this.#offsets.at(-1) ?? 0) - first, this.#offsets.length);
  }
}
