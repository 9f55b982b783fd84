import type { Attack } from "../attack.ts";
import { ANSWERS } from "./answers.ts";
import { BULK } from "./bulk.ts";
import { EXCEPTIONS } from "./exceptions.ts";
import { GROWTH } from "./growth.ts";
import { HEAP } from "./heap.ts";
import { HOST_CALLS } from "./host-calls.ts";
import { LOOPS } from "./loops.ts";
import { WAITS } from "./waits.ts";

/** What a plugin can do to hold its host, or to take all that it has. */
export const ATTACKS: readonly Attack[] = [
  ...LOOPS,
  ...BULK,
  ...GROWTH,
  ...HOST_CALLS,
  ...EXCEPTIONS,
  ...HEAP,
  ...WAITS,
  ...ANSWERS,
];
