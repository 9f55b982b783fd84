import { forever, i32 } from "../../../guests/wat.ts";
import { type Attack, SOON_MS, USUAL_BYTES } from "../attack.ts";

/** Guests that take more and more. */
export const GROWTH: readonly Attack[] = [
  {
    name: "a loop of memory.grow",
    body: forever(`(drop (memory.grow ${i32(1)}))`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a loop of memory.grow by nothing",
    memory: "1024",
    body: forever(`(drop (memory.grow ${i32(0)}))`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a memory that grows and is written to",
    body: forever(
      `(local.set $i (memory.grow ${i32(16)}))`,
      `(if (i32.ne (local.get $i) ${i32(-1)}) (then
        (memory.fill (i32.shl (local.get $i) ${i32(16)}) ${i32(1)} ${i32(2 ** 20)})))`,
    ),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a bomb of table.grow",
    fields: "(table $t 0 funcref)",
    body: forever(`(drop (table.grow $t (ref.null func) ${i32(100_000)}))`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "an access outside of a memory that was filled",
    memory: "1024",
    body: `(memory.fill ${i32(0)} ${i32(1)} ${i32(USUAL_BYTES)}) (drop (i32.load ${i32(USUAL_BYTES)}))`,
    deadlineMs: 20_000,
    code: "TRAP",
  },
];
