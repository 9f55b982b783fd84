import { GuestFault } from "@uni/wasm-rt/guest";
import type { Codecs } from "../canonical/codecs.ts";
import { trapped } from "../canonical/trapped.ts";
import type { ComponentPlan, PlanImport, PlanTrampoline } from "../plan/plan.ts";
import { Crossing } from "./crossing.ts";
import type { GuestRun } from "./guest-run.ts";
import { memoryOf } from "./memory-of.ts";
import { type Provided, provided } from "./provided.ts";

/** Makes a core function of the host for one guest. */
export type Trampoline = (run: GuestRun) => (...flat: unknown[]) => unknown;

/** Everything about a core function of the host that is the same for every guest. */
export function prepareTrampoline(
  trampoline: PlanTrampoline,
  plan: ComponentPlan,
  codecs: Codecs,
): Trampoline {
  if (trampoline.kind === "resource.drop") {
    const { resource } = trampoline;
    return leaving((run) => (index) => {
      if (typeof index !== "number") throw trapped("a handle is no i32");
      run.handles.drop(resource, index);
    });
  }
  // The plan's indices were checked when it was made or read.
  const imported = plan.imports[trampoline.import] as PlanImport;
  const found = provided(imported);
  if (found === undefined || found.kind === "denied") return refusal(imported);
  const crossing = new Crossing(imported, codecs);
  const call = caller(found);
  return leaving((run) => {
    const memory = memoryOf(run, trampoline.options);
    return (...flat) => {
      const { args, resultAt } = crossing.liftArguments(memory, flat);
      const value = call(run, args);
      return lowering(run, () => crossing.lowerResult(memory, value, resultAt));
    };
  });
}

/** Runs what asks the guest for room: meanwhile the guest may not call its imports. */
export function lowering<T>(run: GuestRun, body: () => T): T {
  run.mayLeave = false;
  const value = body();
  run.mayLeave = true;
  return value;
}

/** Whatever is thrown in a function of the host ends the guest that called it. */
function leaving(make: Trampoline): Trampoline {
  return (run) => {
    const body = make(run);
    return (...flat) => {
      return run.ending(() => {
        if (!run.mayLeave) throw trapped("a guest called an import while it only may make room");
        return body(...flat);
      });
    };
  };
}

function refusal({ interface: from, name }: PlanImport): Trampoline {
  const message = `${from}#${name} is not provided to plugins`;
  return leaving(() => () => {
    throw new GuestFault("CAPABILITY_DENIED", message);
  });
}

function caller(
  found: Exclude<Provided, { kind: "denied" }>,
): (run: GuestRun, args: readonly unknown[]) => unknown {
  switch (found.kind) {
    case "service":
      // The component's type is this function's signature, so the arguments are what it takes.
      return (run, args) => found.function.call(run.services, ...(args as never[]));
    case "wasi":
      return (run, args) => found.function.call(run.wasi, ...(args as never[]));
    case "embedder":
      return (run, args) => {
        const call = run.services.functions.get(found.name);
        if (call === undefined) throw new Error(`${found.name} is imported and not granted`);
        return call(args[0] as Uint8Array);
      };
  }
}
