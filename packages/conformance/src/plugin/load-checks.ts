import type { LoaderError } from "@uni/wasm-rt";
import { type Check, fail } from "../check.ts";
import { ADVICE_ON_LOADS } from "./advice.ts";
import type { Learned } from "./learn.ts";
import { failedStage, LOAD_STAGES, type LoadStage } from "./load-stage.ts";

/** The keys are those of the record's type. */
const STAGES = Object.keys(LOAD_STAGES) as LoadStage[];

/** The checks of a plugin that does not load: what was found out before, and what stopped it. */
export function refusedChecks(error: LoaderError): Check[] {
  const failed = failedStage(error);
  return STAGES.slice(0, STAGES.indexOf(failed) + 1).map((id) => ({
    id,
    title: LOAD_STAGES[id],
    run: async () => {
      if (id === failed) fail("a plugin that loads", error, ADVICE_ON_LOADS[id]);
    },
  }));
}

/** The checks of a plugin that loads, of what it says of itself. */
export function loadedChecks(learned: Learned): Check[] {
  // That it was loaded is all there is to them.
  const passed = STAGES.map((id) => ({ id, title: LOAD_STAGES[id], run: async () => {} }));
  return [...passed, registersSomething(learned), usesItsSurfaces(learned)];
}

function registersSomething({ manifest, ...surfaces }: Learned): Check {
  return {
    id: "registration.functions",
    title: "registers a function at least",
    run: async () => {
      if (Object.values(surfaces).some(({ length }) => length > 0)) return;
      fail(`${manifest.id} to register a function at least`, "a registration without entries");
    },
  };
}

function usesItsSurfaces({ manifest, scalars, aggregates, procedures }: Learned): Check {
  const registered = {
    "scalar-fn": scalars.length,
    "aggregate-fn": aggregates.length,
    procedure: procedures.length,
  };
  return {
    id: "manifest.surfaces",
    title: "declares the capability of no surface that it registers nothing for",
    run: async () => {
      const unused = Object.entries(registered).flatMap(([surface, count]) =>
        count === 0 && manifest.capabilities.has(surface) ? [surface] : [],
      );
      if (unused.length === 0) return;
      fail(
        `functions for every surface that the manifest declares`,
        `none for ${unused.join(", ")}`,
      );
    },
  };
}
