import type { Fail } from "../errors/guest-fault.ts";
import { copyBytes } from "../host/copy-bytes.ts";

/** The memory that a guest exports. Whatever range of it a guest names is checked here. */
export class GuestMemory {
  /** The guest's exports, once it is instantiated. */
  protected readonly exports: () => WebAssembly.Exports | undefined;
  readonly #fail: Fail;

  /** @param fail ends the call; it is asked for a range that is not there. */
  constructor(exports: () => WebAssembly.Exports | undefined, fail: Fail) {
    this.exports = exports;
    this.#fail = fail;
  }

  /** A copy, which the guest cannot change any more. Both numbers are an i32 of the guest's. */
  copyOut(at: number, length: number): Uint8Array {
    return copyBytes(this.#range(at, length));
  }

  /** Writes into the memory; `at` is an i32 of the guest's. */
  copyIn(at: number, bytes: Uint8Array): void {
    this.#range(at, bytes.byteLength).set(bytes);
  }

  /** Made for every use: a view of a memory ends when it grows. */
  #range(at: number, length: number): Uint8Array {
    const memory = this.exports()?.memory;
    if (!(memory instanceof WebAssembly.Memory)) {
      return this.#fail("TRAP", 'the module exports no memory named "memory"');
    }
    // An i32 is signed where it reaches JavaScript.
    const [start, bytes] = [at >>> 0, length >>> 0];
    const size = memory.buffer.byteLength;
    if (start + bytes > size) {
      this.#fail("TRAP", `${bytes} bytes at ${start} are outside of the memory of ${size} bytes`);
    }
    return new Uint8Array(memory.buffer, start, bytes);
  }
}
