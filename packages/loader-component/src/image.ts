import type { ComponentPlan } from "./plan/plan.ts";

/** What is compiled once for every guest of a plugin; it survives a structured clone. */
export interface ComponentImage {
  /** The core modules of the plan, hardened. */
  readonly modules: readonly WebAssembly.Module[];
  readonly plan: ComponentPlan;
  /** Whether instantiating a module runs its start function. */
  readonly hasStart: boolean;
  /** The embedder's functions that it imports. */
  readonly hostImports: readonly string[];
}
