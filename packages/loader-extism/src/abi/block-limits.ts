import type { PluginLimits } from "@uni/wasm-rt";

/** How much one guest may allocate. */
export interface BlockLimits {
  /** Bytes in all, freed blocks that are not used again and 16 bytes for each block included. */
  readonly bytes: number;
  /** Blocks at once. */
  readonly count: number;
}

export const BYTES_PER_PAGE = 65_536;
const MAX_BYTES = 1 << 29;
const MAX_COUNT = 1 << 18;

/** Blocks are not in the guest's memory; all of them together may take as much as it may. */
export function blockLimits({ memoryPages }: PluginLimits): BlockLimits {
  return { bytes: Math.min(memoryPages * BYTES_PER_PAGE, MAX_BYTES), count: MAX_COUNT };
}
