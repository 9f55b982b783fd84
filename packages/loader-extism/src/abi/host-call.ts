import { type BlockLimits, Blocks } from "./blocks.ts";
import { type Fail, GuestFault } from "./guest-fault.ts";

/** What one call may allocate. */
export const BLOCK_LIMITS: BlockLimits = { bytes: 1 << 29, count: 1 << 18 };
/** What is read of a text that a guest passes. */
export const MAX_TEXT_BYTES: number = 1 << 16;

/** The host's side of one call into a guest: what goes in, what comes out, and what went wrong. */
export class HostCall {
  readonly blocks: Blocks;
  readonly #input: Uint8Array;
  readonly #inputView: DataView;
  #inputAddress: number | undefined;
  #output: { readonly address: number; readonly length: number } | undefined;
  #error: string | undefined;
  #failure: Error | undefined;

  /** @param input the guest reads it and cannot write it. */
  constructor(input: Uint8Array) {
    this.blocks = new Blocks(BLOCK_LIMITS, this.fault);
    this.#input = input;
    this.#inputView = new DataView(input.buffer, input.byteOffset, input.byteLength);
  }

  get inputLength(): number {
    return this.#input.byteLength;
  }

  /** A block with a copy of the input. */
  inputAddress(): number {
    this.#inputAddress ??= this.blocks.store(this.#input);
    return this.#inputAddress;
  }

  inputU8(at: number): number {
    return this.#inputView.getUint8(this.#inInput(at, 1));
  }

  inputU64(at: number): bigint {
    return this.#inputView.getBigUint64(this.#inInput(at, 8), true);
  }

  setOutput(address: number, length: number): void {
    if (length !== 0) this.blocks.requireRange(address, length);
    this.#output = length === 0 ? undefined : { address, length };
  }

  /** A copy of the output; no bytes where the guest set none. */
  takeOutput(): Uint8Array {
    if (this.#output === undefined) return new Uint8Array(0);
    return this.blocks.copy(this.#output.address, this.#output.length);
  }

  /** The text of the block at `address`, cut at 64 KiB. */
  text(address: number): string {
    const length = Math.min(this.blocks.length(address), MAX_TEXT_BYTES);
    return length === 0 ? "" : new TextDecoder().decode(this.blocks.copy(address, length));
  }

  /** Keeps the message in the block at `address`; an empty one takes it back. */
  setError(address: number): void {
    this.#error = this.text(address) || undefined;
  }

  /** The message that the guest set. */
  get error(): string | undefined {
    return this.#error;
  }

  /**
   * What ended the call first. A guest can catch what its imports throw and carry on, so this is
   * asked after every call, however the call ended.
   */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Ends the call for what the guest did. */
  readonly fault: Fail = (code, message) => this.fail(new GuestFault(code, message));

  /** Ends the call with an error of the host. */
  fail(error: Error): never {
    this.#failure ??= error;
    throw error;
  }

  #inInput(at: number, length: number): number {
    if (at >= 0 && at + length <= this.#input.byteLength) return at;
    return this.fault(
      "TRAP",
      `${length} bytes at offset ${at} are outside of the input of ${this.#input.byteLength} bytes`,
    );
  }
}
