/** What is compiled once for every guest of a plugin; it survives a structured clone. */
export interface CoreImage {
  readonly module: WebAssembly.Module;
  /** The embedder's functions that it imports. */
  readonly hostImports: readonly string[];
  /** The functions that it exports. */
  readonly exports: readonly string[];
}
