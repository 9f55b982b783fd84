import type { Fail } from "./guest-fault.ts";

/**
 * The memory through which an Extism guest and its host exchange bytes: blocks of a small address
 * space that belongs to one guest. Addresses are numbers; 0 is no block.
 *
 * The space is one buffer that only grows, so an address that is wrong reads or writes the guest's
 * own bytes, or is refused: it never leads to another guest or to the host.
 */
export class Blocks {
  readonly #limits: BlockLimits;
  readonly #fail: Fail;
  readonly #lengths = new Map<number, number>();
  readonly #free = new Map<number, number[]>();
  // Most calls allocate something, and guests that are made ahead of their call do not.
  #bytes = NO_BYTES;
  #view = NO_VIEW;
  #top = FIRST_ADDRESS;

  /** @param fail ends the call; every method that can fail does so through it. */
  constructor(limits: BlockLimits, fail: Fail) {
    this.#limits = limits;
    this.#fail = fail;
  }

  /** Fails with `RESOURCE_LIMIT` where the block would pass the limits. */
  alloc(length: number): number {
    if (!(length >= 0 && length <= this.#limits.bytes)) {
      return this.#fail(
        "RESOURCE_LIMIT",
        `a block of ${length} bytes is over the limit of ${this.#limits.bytes} bytes`,
      );
    }
    if (this.#lengths.size >= this.#limits.count) {
      return this.#fail("RESOURCE_LIMIT", `more than ${this.#limits.count} blocks are allocated`);
    }
    const room = roomFor(length);
    const address = this.#free.get(room)?.pop() ?? this.#extend(room);
    this.#lengths.set(address, length);
    return address;
  }

  /** Freeing what is not a block is nothing, as in Extism's own kernel. */
  free(address: number): void {
    const length = this.#lengths.get(address);
    if (length === undefined) return;
    this.#lengths.delete(address);
    const room = roomFor(length);
    const addresses = this.#free.get(room);
    if (addresses === undefined) this.#free.set(room, [address]);
    else addresses.push(address);
  }

  /** Bytes of the block that starts at `address`; 0 where none does. */
  length(address: number): number {
    return this.#lengths.get(address) ?? 0;
  }

  /** Fails with `TRAP` outside of what was ever allocated. */
  loadU8(address: number): number {
    return this.#view.getUint8(this.#checked(address, 1));
  }

  /** Fails with `TRAP` outside of what was ever allocated. */
  loadU64(address: number): bigint {
    return this.#view.getBigUint64(this.#checked(address, 8), true);
  }

  /** Fails with `TRAP` outside of what was ever allocated. */
  storeU8(address: number, value: number): void {
    this.#view.setUint8(this.#checked(address, 1), value);
  }

  /** Fails with `TRAP` outside of what was ever allocated. */
  storeU64(address: number, value: bigint): void {
    this.#view.setBigUint64(this.#checked(address, 8), value, true);
  }

  /** A block with a copy of the bytes. Fails as `alloc` does. */
  store(bytes: Uint8Array): number {
    const address = this.alloc(bytes.byteLength);
    this.#bytes.set(bytes, address);
    return address;
  }

  /** A copy of the block that starts at `address`; no bytes where none does. */
  block(address: number): Uint8Array {
    const length = this.length(address);
    return length === 0 ? new Uint8Array(0) : this.copy(address, length);
  }

  /** A copy of `length` bytes from `address` on. Fails as `loadU8` does. */
  copy(address: number, length: number): Uint8Array {
    const start = this.#checked(address, length);
    return this.#bytes.slice(start, start + length);
  }

  /** Fails as `loadU8` does where a part of the range was never allocated. */
  requireRange(address: number, length: number): void {
    this.#checked(address, length);
  }

  #checked(address: number, length: number): number {
    if (address >= FIRST_ADDRESS && length >= 0 && address + length <= this.#top) return address;
    return this.#fail(
      "TRAP",
      `${length} bytes at address ${address} are outside of the allocated blocks (${FIRST_ADDRESS} to ${this.#top})`,
    );
  }

  #extend(room: number): number {
    const address = this.#top;
    const top = address + room;
    if (top - FIRST_ADDRESS > this.#limits.bytes) {
      return this.#fail(
        "RESOURCE_LIMIT",
        `blocks take more than the limit of ${this.#limits.bytes} bytes`,
      );
    }
    if (top > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(top, this.#bytes.length * 2, LEAST_BYTES));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#top = top;
    return address;
  }
}

/** How much one guest may allocate. */
export interface BlockLimits {
  /** Bytes in all, freed blocks that are not used again included. */
  readonly bytes: number;
  /** Blocks at once. */
  readonly count: number;
}

const LEAST_BYTES = 4096;
const NO_BYTES = new Uint8Array(0);
const NO_VIEW = new DataView(NO_BYTES.buffer);
// Address 0 means "no block".
const FIRST_ADDRESS = 8;

// A block takes a multiple of 8 bytes and never none, so that no two blocks share an address and
// the last bytes of each can be stored 8 at a time.
function roomFor(length: number): number {
  return Math.max(8, Math.ceil(length / 8) * 8);
}
