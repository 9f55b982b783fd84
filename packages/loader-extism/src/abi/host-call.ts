import { Blocks } from "./blocks.ts";
import { type FaultCode, GuestFault } from "./guest-fault.ts";

const BLOCK_LIMITS = { bytes: 1 << 29, count: 1 << 18 };
const MAX_ERROR_BYTES = 1 << 16;

/** The host's side of one call into a guest: what goes in, what comes out, and what went wrong. */
export class HostCall {
  readonly blocks: Blocks;
  readonly #input: Uint8Array;
  readonly #inputView: DataView;
  #output: { readonly address: number; readonly length: number } | undefined;
  #error: string | undefined;
  #fault: GuestFault | undefined;

  /** @param input the guest reads it and cannot write it. */
  constructor(input: Uint8Array) {
    this.blocks = new Blocks(BLOCK_LIMITS, (code, message) => this.#fail(code, message));
    this.#input = input;
    this.#inputView = new DataView(input.buffer, input.byteOffset, input.byteLength);
  }

  get inputLength(): number {
    return this.#input.byteLength;
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

  /** Keeps the message in the block at `address`, cut at 64 KiB; no block takes it back. */
  setError(address: number): void {
    const length = Math.min(this.blocks.length(address), MAX_ERROR_BYTES);
    this.#error =
      length === 0 ? undefined : new TextDecoder().decode(this.blocks.copy(address, length));
  }

  /** The message that the guest set. */
  get error(): string | undefined {
    return this.#error;
  }

  /**
   * What the guest did wrong first. A guest can catch what its imports throw and carry on, so this
   * is asked after every call, however the call ended.
   */
  get fault(): GuestFault | undefined {
    return this.#fault;
  }

  #inInput(at: number, length: number): number {
    if (at >= 0 && at + length <= this.#input.byteLength) return at;
    return this.#fail(
      "TRAP",
      `${length} bytes at offset ${at} are outside of the input of ${this.#input.byteLength} bytes`,
    );
  }

  #fail(code: FaultCode, message: string): never {
    const fault = new GuestFault(code, message);
    this.#fault ??= fault;
    throw fault;
  }
}
