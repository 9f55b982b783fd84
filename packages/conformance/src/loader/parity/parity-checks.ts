import { fail } from "../../check.ts";
import { builtScenario } from "../../guests/scenario.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { PARITY_CASES } from "./cases.ts";
import { RECORDED } from "./recorded.ts";

export const PARITY: readonly LoaderCheck[] = PARITY_CASES.map(({ id, plugin, answer }) => ({
  id,
  title: `${id.split(".").slice(1, 3).join(".")} answers as recorded, to the last bit`,
  scenarios: [builtScenario(plugin)],
  run: async (subject) => {
    const recorded = RECORDED[id];
    if (recorded === undefined) throw new Error(`nothing is recorded for ${id}`);
    const came = await answer(await subject.load(builtScenario(plugin)));
    for (const [i, expected] of recorded.entries()) {
      if (came[i] !== expected) fail(`value ${i} to be ${expected}`, came[i]);
    }
    if (came.length !== recorded.length) fail(`${recorded.length} values`, came.length);
  },
}));
