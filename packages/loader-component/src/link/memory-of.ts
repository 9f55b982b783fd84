import { GuestMemory } from "../canonical/guest-memory.ts";
import type { ExportRef, PlanOptions } from "../plan/plan.ts";
import type { GuestRun } from "./guest-run.ts";

/** The memory of a guest as a function with these options uses it. */
export function memoryOf(run: GuestRun, { encoding, memory, realloc }: PlanOptions): GuestMemory {
  const source = {
    memory: () => exported(run, memory),
    realloc: () => exported(run, realloc),
  };
  return new GuestMemory(source, encoding, run.handles);
}

/** What an instance of the guest exports, once it is there. */
export function exported(run: GuestRun, ref: ExportRef | null): unknown {
  return ref === null ? undefined : run.instances[ref.instance]?.[ref.name];
}
