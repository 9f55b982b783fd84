import { forever, i32 } from "../../../guests/wat.ts";
import { type Attack, SOON_MS, USUAL_BYTES } from "../attack.ts";

const FILL = `(memory.fill ${i32(0)} ${i32(1)} ${i32(USUAL_BYTES)})`;
const MEMORY = "1024";
const GIBIBYTE = 2 ** 30;
const MILLION = i32(1_000_000);

/** Instructions that work long without a call or a loop, in which an engine looks for no interrupt. */
export const BULK: readonly Attack[] = [
  {
    name: "a loop of memory.fill over 64 MiB",
    memory: MEMORY,
    body: forever(FILL),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "thousands of memory.fill in a row",
    memory: MEMORY,
    body: FILL.repeat(5000),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a loop of memory.copy over 64 MiB",
    memory: MEMORY,
    body: forever(`(memory.copy ${i32(1)} ${i32(0)} ${i32(USUAL_BYTES - 1)})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    // Some machines fill it in time; then nothing is answered, which is no Arrow stream.
    name: "one memory.fill of the largest memory",
    memory: "16384",
    limits: { memoryPages: 16_384 },
    body: `(memory.fill ${i32(0)} ${i32(1)} ${i32(GIBIBYTE)})`.repeat(20),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a loop of table.fill",
    fields: "(table $t 1000000 funcref)",
    body: forever(`(table.fill $t ${i32(0)} (ref.null func) ${MILLION})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a loop of table.copy",
    fields: "(table $t 1000000 funcref)",
    body: forever(`(table.copy $t $t ${i32(0)} ${i32(1)} ${i32(999_999)})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
];
