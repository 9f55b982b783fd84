/** What is compiled once for every guest of a plugin; it survives a structured clone. */
export interface ExtismImage {
  readonly module: WebAssembly.Module;
  /** Whether instantiating the module runs its start function. */
  readonly hasStart: boolean;
}
