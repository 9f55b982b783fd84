import { batchOf } from "../../batches/batch-of.ts";
import { scenario } from "../../guests/canned.ts";
import type { Scenario } from "../../guests/scenario.ts";
import { i32 } from "../../guests/wat.ts";
import { expectCodes } from "../expect.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { refusals } from "../subject.ts";

const TRAPS: readonly (readonly [id: string, title: string, guest: Scenario])[] = [
  [
    "unreachable",
    "a guest that traps",
    scenario("boom", "f(x) traps (unreachable)", { scalar: "(unreachable)" }),
  ],
  [
    "memory",
    "a guest that reads outside of its memory",
    scenario("outside", "f(x) loads from the last address there can be", {
      scalar: `(drop (i32.load ${i32(-4)}))`,
    }),
  ],
  [
    "stack",
    "a guest that overflows its stack",
    scenario("deeper", "f(x) calls itself without end", {
      fields: "(func $deeper (result i32) (i32.add (call $deeper) (i32.const 1)))",
      scalar: "(drop (call $deeper))",
    }),
  ],
  [
    "division",
    "a guest that divides by zero",
    scenario("divide", "f(x) divides an integer by zero", {
      scalar: "(drop (i32.div_u (i32.const 1) (local.get $i)))",
    }),
  ],
];

export const TRAP_CHECKS: readonly LoaderCheck[] = TRAPS.map(([id, title, guest]) => ({
  id: `trap.${id}`,
  title: `${title} is an error TRAP`,
  scenarios: [guest],
  run: async (subject) => {
    const { scalar } = await subject.load(guest);
    expectCodes(await refusals(scalar, batchOf([[1]])), "TRAP");
  },
}));
