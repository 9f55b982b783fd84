import { copyBytes, type Fail, GuestFault } from "@uni/wasm-rt/guest";
import type { Kernel } from "../kernel/kernel-instance.ts";
import { KernelStock } from "../kernel/kernel-stock.ts";
import type { BlockLimits } from "./block-limits.ts";

// A block has a header of so many bytes in front of its address.
const HEADER_BYTES = 16;
// The input and the blocks share one 32-bit memory.
const MAX_INPUT_BYTES = 1 << 30;

const stock = new KernelStock();

/**
 * The blocks of one guest, as the host sees them. The guest reaches them through `kernel`, without
 * the host in between, so nothing in them is to be trusted: every range is checked here again.
 */
export class Blocks {
  readonly kernel: Kernel = stock.take();
  readonly #limits: BlockLimits;
  readonly #fail: Fail;

  /** @param fail ends the call; every method that can fail does so through it. */
  constructor(limits: BlockLimits, fail: Fail) {
    this.#limits = limits;
    this.#fail = fail;
    this.begin(new Uint8Array(0));
  }

  /** Takes back every block, and gives the guest this input. */
  begin(input: Uint8Array): void {
    const { bytes, count } = this.#limits;
    if (input.byteLength > MAX_INPUT_BYTES) {
      this.#fail(
        "RESOURCE_LIMIT",
        `an input of ${input.byteLength} bytes is over the limit of ${MAX_INPUT_BYTES} bytes`,
      );
    }
    const address = this.kernel.begin(input.byteLength, bytes, count);
    this.#memory().set(input, address);
  }

  /** Ends the use of these blocks, after a call that ended well: no guest reaches them any more. */
  giveBack(): void {
    stock.giveBack(this.kernel);
  }

  /** Fails with `RESOURCE_LIMIT` where the block would pass the limits. */
  alloc(length: number): number {
    return Number(this.kernel.alloc(BigInt(length)));
  }

  /** A block with a copy of the bytes. Fails as `alloc` does. */
  store(bytes: Uint8Array): number {
    const address = this.alloc(bytes.byteLength);
    this.#memory().set(bytes, address);
    return address;
  }

  /** A copy of the first `atMost` bytes of the block at `address`; no bytes where none starts there. */
  block(address: number, atMost: number = Number.POSITIVE_INFINITY): Uint8Array {
    const start = BigInt(address);
    const length = Math.min(this.length(start), atMost);
    return length === 0 ? new Uint8Array(0) : this.copy(start, length);
  }

  /** Bytes of the block that starts at `address`; 0 where none does. */
  length(address: bigint): number {
    return Number(this.kernel.length(address));
  }

  /** A copy of `length` bytes from `address` on. Fails with `TRAP` outside of the blocks. */
  copy(address: bigint, length: number): Uint8Array {
    this.requireRange(address, BigInt(length));
    const start = Number(address);
    return copyBytes(this.#memory().subarray(start, start + length));
  }

  /** Fails with `TRAP` where a part of the range is outside of the blocks. */
  requireRange(address: bigint, length: bigint): void {
    const first = this.kernel.base.value + BigInt(HEADER_BYTES);
    if (address >= first && length >= 0n && address + length <= this.kernel.top.value) return;
    this.#fail("TRAP", this.#outside(address, length));
  }

  /** Why the kernel trapped, if it did. */
  get fault(): GuestFault | undefined {
    const { fault, fault_at, fault_length } = this.kernel;
    const length = fault_length.value;
    switch (fault.value) {
      case 0:
        return undefined;
      case 1:
        return new GuestFault(
          "RESOURCE_LIMIT",
          `a block of ${length} bytes is over the limit of ${this.#limits.bytes} bytes in all blocks`,
        );
      case 2:
        return new GuestFault(
          "RESOURCE_LIMIT",
          `more than ${this.#limits.count} blocks are allocated`,
        );
      case 3:
        return new GuestFault("RESOURCE_LIMIT", `no memory for ${length} bytes of blocks`);
      case 4:
        return new GuestFault("TRAP", this.#outside(fault_at.value, length));
      default:
        return new GuestFault(
          "TRAP",
          `${length} bytes at offset ${fault_at.value} are outside of the input of ${this.kernel.input_length()} bytes`,
        );
    }
  }

  #outside(address: bigint, length: bigint): string {
    const { base, top } = this.kernel;
    return `${length} bytes at address ${address} are outside of the allocated blocks (${base.value} to ${top.value})`;
  }

  /** The memory as it is now: a view of it ends when it grows. */
  #memory(): Uint8Array {
    return new Uint8Array(this.kernel.memory.buffer);
  }
}
