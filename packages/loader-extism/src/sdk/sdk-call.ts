import { CallFailure, MAX_TEXT_BYTES } from "@uni/wasm-rt/guest";
import type { BlockLimits } from "../abi/block-limits.ts";
import type { UserCall } from "../abi/user-imports.ts";
import { SdkBlocks } from "./sdk-blocks.ts";

/** The host's side of one call of a guest in the SDK: what comes out, and what went wrong. */
export class SdkCall extends CallFailure implements UserCall {
  readonly blocks: SdkBlocks;
  #output: Uint8Array | undefined;
  #error: string | undefined;

  constructor(limits: BlockLimits) {
    super();
    this.blocks = new SdkBlocks(limits, this.fault);
  }

  setOutput(address: bigint, length: number): void {
    this.#output = length === 0 ? undefined : this.blocks.range(address, length);
  }

  /** A copy of the output; no bytes where the guest set none. */
  takeOutput(): Uint8Array {
    return this.#output?.slice() ?? new Uint8Array(0);
  }

  /** Keeps the message in the block at `address`; an empty one takes it back. */
  setError(address: bigint): void {
    const bytes = this.blocks.block(Number(address), MAX_TEXT_BYTES);
    this.#error = new TextDecoder().decode(bytes) || undefined;
  }

  get error(): string | undefined {
    return this.#error;
  }
}
