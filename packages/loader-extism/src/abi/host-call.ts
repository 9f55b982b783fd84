import { CallFailure, MAX_TEXT_BYTES } from "@uni/wasm-rt/guest";
import type { BlockLimits } from "./block-limits.ts";
import { Blocks } from "./blocks.ts";

/** The host's side of a guest's call: what goes in, what comes out, and what went wrong. */
export class HostCall extends CallFailure {
  readonly blocks: Blocks;
  #output: { readonly address: bigint; readonly length: number } | undefined;
  #error: string | undefined;

  constructor(limits: BlockLimits) {
    super();
    this.blocks = new Blocks(limits, this.fault);
  }

  /** @param input the guest gets a copy. */
  begin(input: Uint8Array): void {
    this.#output = undefined;
    this.#error = undefined;
    this.blocks.begin(input);
  }

  setOutput(address: bigint, length: bigint): void {
    if (length !== 0n) this.blocks.requireRange(address, length);
    this.#output = length === 0n ? undefined : { address, length: Number(length) };
  }

  /** A copy of the output; no bytes where the guest set none. */
  takeOutput(): Uint8Array {
    if (this.#output === undefined) return new Uint8Array(0);
    return this.blocks.copy(this.#output.address, this.#output.length);
  }

  /** The text of the block at `address`, cut at 64 KiB. */
  text(address: bigint): string {
    const length = Math.min(this.blocks.length(address), MAX_TEXT_BYTES);
    return length === 0 ? "" : new TextDecoder().decode(this.blocks.copy(address, length));
  }

  /** Keeps the message in the block at `address`; an empty one takes it back. */
  setError(address: bigint): void {
    this.#error = this.text(address) || undefined;
  }

  /** The message that the guest set. */
  get error(): string | undefined {
    return this.#error;
  }

  override get failure(): unknown {
    return super.failure ?? this.blocks.fault;
  }
}
