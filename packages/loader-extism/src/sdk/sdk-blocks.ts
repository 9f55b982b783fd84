import type { CallContext } from "@extism/extism";
import type { Fail } from "@uni/wasm-rt";
import { copyBytes } from "@uni/wasm-rt/guest";
import type { BlockLimits } from "../abi/block-limits.ts";

// An address has the block's number in its upper 16 bits and crosses as a signed i64.
const MAX_BLOCKS = (1 << 15) - 1;
const OFFSET_MASK = (1n << 48n) - 1n;

/** The SDK's blocks during one call, bounded. */
export class SdkBlocks {
  /** The kernel of the guest's plugin; the SDK passes it to every import. */
  context: CallContext | undefined;
  readonly #bytes: number;
  readonly #fail: Fail;
  #allocated = 0;

  /** @param fail ends the call; every method that can fail does so through it. */
  constructor({ bytes }: BlockLimits, fail: Fail) {
    this.#bytes = bytes;
    this.#fail = fail;
  }

  /** Fails with `RESOURCE_LIMIT` where the block would pass the limits. */
  alloc(length: number): bigint {
    this.#admit(length);
    // The SDK answers 0 where all blocks together are over its `maxPages`.
    return this.#current().alloc(length) || this.#overBytes(length);
  }

  /** Bytes of a block; 0 where there is none, and for the address 0, where rc13 has a block of its own. */
  length(address: bigint): bigint {
    return address && this.#current().length(address);
  }

  /** A copy of the first `atMost` bytes of a block; no bytes where there is none. */
  block(address: number, atMost: number = Number.POSITIVE_INFINITY): Uint8Array {
    // The block's number survives where an offset into it is rounded, and only the number counts.
    const bytes = this.#buffer(BigInt(address))?.subarray(0, atMost);
    return bytes === undefined ? new Uint8Array(0) : copyBytes(bytes);
  }

  /** A block with a copy of the bytes. Fails as `alloc` does. */
  store(bytes: Uint8Array): number {
    this.#admit(bytes.byteLength);
    // The SDK makes the very array its block where it can.
    return Number(this.#current().store(new Uint8Array(bytes)));
  }

  /**
   * The bytes themselves of a range in a block: they stay, also where the guest frees the block.
   * Fails with `TRAP` where a part of the range is outside of it.
   */
  range(address: bigint, length: number): Uint8Array {
    const buffer = this.#buffer(address);
    const offset = Number(address & OFFSET_MASK);
    if (buffer === undefined || length < 0 || offset + length > buffer.length) {
      return this.#fail(
        "TRAP",
        `${length} bytes at address ${address} are outside of the allocated blocks`,
      );
    }
    return buffer.subarray(offset, offset + length);
  }

  #buffer(address: bigint): Uint8Array | undefined {
    // An address of 0 is no block, as in `length`.
    return (address && this.#current().read(address)?.bytes()) || undefined;
  }

  #admit(length: number): void {
    if (!(length >= 0 && length <= this.#bytes)) this.#overBytes(length);
    if (++this.#allocated > MAX_BLOCKS) {
      this.#fail("RESOURCE_LIMIT", `more than ${MAX_BLOCKS} blocks are allocated in one call`);
    }
  }

  #overBytes(length: number): never {
    return this.#fail(
      "RESOURCE_LIMIT",
      `a block of ${length} bytes is over the limit of ${this.#bytes} bytes in all blocks`,
    );
  }

  #current(): CallContext {
    if (this.context === undefined) throw new Error("the guest has used no import yet");
    return this.context;
  }
}
