import { fail } from "../../check.ts";
import { BUILT_SCENARIOS, type Scenario } from "../../guests/scenario.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { PARITY_CASES } from "./cases.ts";
import { RECORDED } from "./recorded.ts";

const BUILT = new Map(
  BUILT_SCENARIOS.map((name): readonly [string, Scenario] => [
    name,
    { name, about: `the plugin ai.example.${name}, from its sources` },
  ]),
);

/** The plugins that are built from sources. */
const builtScenario = (name: string): Scenario => {
  const scenario = BUILT.get(name);
  if (scenario === undefined) throw new Error(`there is no plugin ${name}`);
  return scenario;
};

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
