import { type Attack, SOON_MS } from "../attack.ts";

/** Guests that are expensive before they run. */
export const COMPILATION: readonly Attack[] = [
  {
    // V8's baseline compiler keeps the state of every local variable for every branch.
    name: "a function of 49,000 locals and 1,000 branches",
    fields: `(func $wide
      (local ${"i64 ".repeat(49_000)})
      ${"(if (i32.const 0) (then))".repeat(1000)})`,
    body: "(call $wide) (loop $forever (br $forever))",
    newest: true,
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
    wins: "the engine compiles a function at its first call, and nothing bounds that",
  },
];
