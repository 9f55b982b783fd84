import { RESERVED_EXPORTS } from "@uni/wasm-rt/guest";
import { malformed } from "../binary/binary-cursor.ts";
import { Codecs } from "../canonical/codecs.ts";
import type { ComponentPlan, ExportRef, ItemRef, PlannedComponent, PlanOptions } from "./plan.ts";
import type { PlanFunctionType } from "./types.ts";

/** How many core instances one guest may consist of; those of a Python guest are dozens. */
const MAX_INSTANCES = 256;
const MAX_PARAMS = 1000;
// No component exports them: hardening adds them to core modules, and no module may reach another's.
const RESERVED: ReadonlySet<string> = new Set(Object.values(RESERVED_EXPORTS));

/**
 * Checks that everything in a plan refers to what is there, and to what comes before it.
 *
 * @throws ComponentError `INVALID_PLUGIN`.
 */
export function checkPlan({ plan, modules }: PlannedComponent): void {
  const { instances, trampolines, exports } = plan;
  const codecs = new Codecs(plan.types);
  if (instances.length > MAX_INSTANCES) {
    throw malformed(`${instances.length} core instances, and the limit is ${MAX_INSTANCES}`);
  }
  if (modules.length > instances.length) throw malformed("it has modules that nothing is made of");
  for (const type of plan.types) {
    if (type.kind === "own" || type.kind === "borrow") within(plan.resources, type.resource);
  }
  for (const imported of plan.imports) checkFunction(imported, codecs);
  for (const trampoline of trampolines) {
    if (trampoline.kind === "resource.drop") within(plan.resources, trampoline.resource);
    else {
      within(plan.imports, trampoline.import);
      // Looked up when it is called, so it may come later.
      checkOptions(trampoline.options, plan);
    }
  }
  for (const [i, { module, imports }] of instances.entries()) {
    within(modules, module);
    const earlier = instances.slice(0, i);
    for (const imported of imports) {
      if ("instance" in imported) within(earlier, imported.instance);
      else for (const [, item] of imported.items) checkItem(item, earlier, plan);
    }
  }
  for (const exported of exports) {
    checkFunction(exported, codecs);
    checkOptions(exported.options, plan);
    checkRef(exported.core, instances);
    checkRef(exported.postReturn, instances);
  }
}

function checkFunction({ params, result }: PlanFunctionType, codecs: Codecs): void {
  if (params.length > MAX_PARAMS) throw malformed(`a function of ${params.length} parameters`);
  for (const param of params) codecs.of(param);
  if (result !== null) codecs.of(result);
}

function checkItem(item: ItemRef, earlier: ComponentPlan["instances"], plan: ComponentPlan): void {
  if ("trampoline" in item) within(plan.trampolines, item.trampoline);
  else checkRef(item, earlier);
}

function checkOptions({ memory, realloc }: PlanOptions, { instances }: ComponentPlan): void {
  checkRef(memory, instances);
  checkRef(realloc, instances);
}

function checkRef(ref: ExportRef | null, instances: ComponentPlan["instances"]): void {
  if (ref === null) return;
  within(instances, ref.instance);
  if (RESERVED.has(ref.name)) throw malformed(`${ref.name} is the name of no core export`);
}

function within(items: readonly unknown[], index: number): void {
  if (index >= items.length) throw malformed(`there is no item ${index} of ${items.length}`);
}
