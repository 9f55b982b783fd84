import type { BlockLimits } from "./abi/block-limits.ts";

/** What is compiled once for every guest of a plugin; it survives a structured clone. */
export interface ExtismImage {
  readonly module: WebAssembly.Module;
  /** The modules that it imports from. */
  readonly importModules: readonly string[];
  /** The embedder's functions that it imports. */
  readonly hostImports: readonly string[];
  /** The functions that it exports. */
  readonly exports: readonly string[];
  readonly blockLimits: BlockLimits;
}
