import { exportedFunction, GuestMemory } from "@uni/wasm-rt/guest";

/** Brings bytes into the memory of a guest and out of it. */
export class GuestBytes extends GuestMemory {
  /** Copies bytes to where the guest's allocator says. @returns their pointer and length, packed. */
  give(bytes: Uint8Array): bigint {
    if (bytes.byteLength === 0) return 0n;
    const at = exportedFunction(this.exports() ?? {}, "alloc")?.(bytes.byteLength);
    this.copyIn(Number(at), bytes);
    return pack(Number(at), bytes.byteLength);
  }

  /** Tells the guest that its answer was copied, so that it can use the memory for its next call. */
  giveBack({ at, length }: Range): void {
    exportedFunction(this.exports() ?? {}, "dealloc")?.(at, length);
  }
}

/** The pointer in the high and the length in the low 32 bits. */
const pack = (at: number, length: number): bigint => (BigInt(at >>> 0) << 32n) | BigInt(length);

/** A part of a guest's memory, in bytes. */
export interface Range {
  readonly at: number;
  readonly length: number;
}

/** The pointer and the length that were packed, as unsigned numbers. */
export function unpack(packed: bigint): Range {
  const bits = BigInt.asUintN(64, packed);
  return { at: Number(bits >> 32n), length: Number(bits & 0xffff_ffffn) };
}
