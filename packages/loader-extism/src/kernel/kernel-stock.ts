import { type Kernel, newKernel } from "./kernel-instance.ts";

// Instantiating a kernel with its memory takes longer than instantiating a small guest.
const MAX_KEPT = 8;
// What is kept is wiped whole, so it stays small.
const MAX_KEPT_BYTES = 1 << 18;

/**
 * Kernels that wait for their next guest. A kernel is the host's code, and the only thing that
 * outlives a guest: it is kept only after a call that ended well, and its memory is wiped.
 */
export class KernelStock {
  readonly #kept: Kernel[] = [];

  take(): Kernel {
    return this.#kept.pop() ?? newKernel();
  }

  /** @param kernel of a guest that will never run again, and whose call ended without a fault. */
  giveBack(kernel: Kernel): void {
    const { buffer } = kernel.memory;
    if (this.#kept.length >= MAX_KEPT || buffer.byteLength > MAX_KEPT_BYTES) return;
    new Uint8Array(buffer).fill(0);
    this.#kept.push(kernel);
  }
}
