import { malformed } from "../binary/binary-cursor.ts";
import type {
  ComponentPlan,
  PlanExport,
  PlanImport,
  PlanInstance,
  PlannedComponent,
  PlanResource,
  PlanTrampoline,
} from "./plan.ts";
import type { PlanType } from "./types.ts";

/**
 * How much of everything a plan may have. A small component can say how to make a huge one: a nested
 * component that instantiates another one twice, and so on.
 */
const MAX_STEPS = 200_000;

/** Collects the parts of a plan; each `add` gives the part's index. */
export class PlanBuilder {
  readonly #types: PlanType[] = [];
  readonly #resources: PlanResource[] = [];
  readonly #imports: PlanImport[] = [];
  readonly #interfaces: string[] = [];
  readonly #trampolines: PlanTrampoline[] = [];
  readonly #instances: PlanInstance[] = [];
  readonly #exports: PlanExport[] = [];
  readonly #modules = new Map<Uint8Array, number>();
  #steps = 0;

  /** Counts work, so that a component that unfolds without end is refused. */
  step(parts = 1): void {
    this.#steps += parts;
    if (this.#steps > MAX_STEPS) throw malformed(`it has more than ${MAX_STEPS} definitions`);
  }

  addType(type: PlanType): number {
    return this.#types.push(type) - 1;
  }

  addResource(resource: PlanResource): number {
    return this.#resources.push(resource) - 1;
  }

  addImport(imported: PlanImport): number {
    return this.#imports.push(imported) - 1;
  }

  addInterface(name: string): void {
    this.#interfaces.push(name);
  }

  addTrampoline(trampoline: PlanTrampoline): number {
    return this.#trampolines.push(trampoline) - 1;
  }

  addInstance(instance: PlanInstance): number {
    return this.#instances.push(instance) - 1;
  }

  addExport(exported: PlanExport): void {
    this.#exports.push(exported);
  }

  /** The index of a module, which is the same one for the same bytes in the component. */
  module(bytes: Uint8Array): number {
    const known = this.#modules.get(bytes);
    if (known !== undefined) return known;
    this.#modules.set(bytes, this.#modules.size);
    return this.#modules.size - 1;
  }

  build(): PlannedComponent {
    const plan: ComponentPlan = {
      types: this.#types,
      resources: this.#resources,
      imports: this.#imports,
      interfaces: this.#interfaces,
      trampolines: this.#trampolines,
      instances: this.#instances,
      exports: this.#exports,
    };
    return { plan, modules: [...this.#modules.keys()] };
  }
}
