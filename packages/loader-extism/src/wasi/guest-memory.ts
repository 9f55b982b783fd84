/**
 * The memory of one guest, through ranges that were checked.
 *
 * The buffer is read afresh every time: `memory.grow` detaches the one before. A range is seen
 * through a view of just that range, so the engine refuses a host's access outside of it, too.
 */
export class GuestMemory {
  readonly #memory: () => WebAssembly.Memory | undefined;

  constructor(memory: () => WebAssembly.Memory | undefined) {
    this.#memory = memory;
  }

  /** The range, to read and to write; undefined where a part of it is outside of the memory. */
  view(address: number, length: number): DataView | undefined {
    const buffer = this.#bufferWith(address, length);
    return buffer && new DataView(buffer, address, length);
  }

  /** The bytes of the range themselves, no copy; undefined as in `view`. */
  bytes(address: number, length: number): Uint8Array | undefined {
    const buffer = this.#bufferWith(address, length);
    return buffer && new Uint8Array(buffer, address, length);
  }

  // As in core WebAssembly, no bytes have a place too: at most the end of the memory.
  #bufferWith(address: number, length: number): ArrayBuffer | undefined {
    const buffer = this.#memory()?.buffer;
    // Both are u32: their sum is an exact number and does not wrap.
    return buffer && address + length <= buffer.byteLength ? buffer : undefined;
  }
}
