import type { ComponentPlan } from "./plan/plan.ts";

/** What is compiled once for every guest of a plugin; it survives a structured clone. */
export interface ComponentImage {
  /** The core modules of the plan, hardened. */
  readonly modules: readonly WebAssembly.Module[];
  readonly plan: ComponentPlan;
  /** Whether making the instances runs a start function of one of them. */
  readonly hasStart: boolean;
  /** What all instances of a guest may spend together; unlimited without it. */
  readonly fuel?: number | undefined;
  /** The embedder's functions that it imports. */
  readonly hostImports: readonly string[];
}
