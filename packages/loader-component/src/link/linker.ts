import { creationError, instantiateHardened } from "@uni/wasm-rt/guest";
import { Codecs } from "../canonical/codecs.ts";
import { ComponentError } from "../component-error.ts";
import type { ComponentImage } from "../image.ts";
import type { ItemRef, PlanExport, PlanInstance } from "../plan/plan.ts";
import { Crossing } from "./crossing.ts";
import type { GuestRun } from "./guest-run.ts";
import { exported, memoryOf } from "./memory-of.ts";
import { lowering, prepareTrampoline, type Trampoline } from "./trampoline.ts";

/** Instantiates a component again and again; what no guest changes is worked out once. */
export class Linker {
  readonly #modules: readonly WebAssembly.Module[];
  readonly #instances: readonly PlanInstance[];
  readonly #trampolines: readonly Trampoline[];
  readonly #exports: ReadonlyMap<string, PreparedExport>;

  constructor({ modules, plan }: ComponentImage) {
    const codecs = new Codecs(plan.types);
    this.#modules = modules;
    this.#instances = plan.instances;
    this.#trampolines = plan.trampolines.map((t) => prepareTrampoline(t, plan, codecs));
    this.#exports = new Map(
      plan.exports.map((e) => [e.name, { ...e, crossing: new Crossing(e, codecs) }]),
    );
  }

  /** Instantiates the core modules for `run`; their start functions run here. */
  instantiate(run: GuestRun): void {
    const functions: ((...flat: unknown[]) => unknown)[] = [];
    const item = (ref: ItemRef): unknown => {
      if (!("trampoline" in ref)) return exported(run, ref);
      functions[ref.trampoline] ??= (this.#trampolines[ref.trampoline] as Trampoline)(run);
      return functions[ref.trampoline];
    };
    for (const { module, imports } of this.#instances) {
      const given = importObject(run, imports, item);
      try {
        const core = this.#modules[module] as WebAssembly.Module;
        run.instances.push(instantiateHardened(core, given).exports);
      } catch (cause) {
        throw creationError(ComponentError, cause);
      }
    }
  }

  /** Calls a function that the component exports. */
  call(run: GuestRun, name: string, args: readonly unknown[]): unknown {
    const prepared = this.#exports.get(name);
    if (prepared === undefined) {
      throw new ComponentError("INVALID_PLUGIN", `the component does not export ${name}`);
    }
    const { core, crossing, options, postReturn } = prepared;
    const memory = memoryOf(run, options);
    const flat = lowering(run, () => crossing.lowerArguments(memory, args));
    const returned = coreFunction(run, core, name)(...flat);
    const value = crossing.liftResult(memory, returned);
    if (postReturn !== null) {
      lowering(run, () => coreFunction(run, postReturn, name)(returned));
    }
    return value;
  }
}

interface PreparedExport extends PlanExport {
  readonly crossing: Crossing;
}

/** What an instance imports; names come from the component, so that nothing of it has a prototype. */
function importObject(
  run: GuestRun,
  imports: PlanInstance["imports"],
  item: (ref: ItemRef) => unknown,
): WebAssembly.Imports {
  const given: Record<string, unknown> = Object.create(null);
  for (const imported of imports) {
    if ("instance" in imported) {
      given[imported.name] = run.instances[imported.instance];
      continue;
    }
    const items: Record<string, unknown> = Object.create(null);
    for (const [name, ref] of imported.items) items[name] = item(ref);
    given[imported.name] = items;
  }
  // The engine checks every one of them, and throws a LinkError.
  return given as WebAssembly.Imports;
}

function coreFunction(
  run: GuestRun,
  ref: PlanExport["core"],
  name: string,
): (...flat: readonly unknown[]) => unknown {
  const core = exported(run, ref);
  if (typeof core === "function") return core as (...flat: readonly unknown[]) => unknown;
  throw new ComponentError("INVALID_PLUGIN", `the core function of ${name} is missing`);
}
