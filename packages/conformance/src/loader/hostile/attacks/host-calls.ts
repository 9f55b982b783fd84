import { MEMORY } from "../../../guests/guest-text.ts";
import { forever, i32 } from "../../../guests/wat.ts";
import { type Attack, LATE_MS, SOON_MS, TEXT_AT } from "../attack.ts";

/** Guests that keep their host busy. */
export const HOST_CALLS: readonly Attack[] = [
  {
    name: "a loop of calls of a host function",
    body: forever(`(drop (call $ask ${i32(MEMORY.data)} ${i32(8)} ${i32(MEMORY.input)}))`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a loop of calls of a host function with 16 MiB each",
    memory: "1024",
    body: forever(`(drop (call $ask ${i32(0)} ${i32(2 ** 24)} ${i32(MEMORY.input)}))`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
    extraMiB: 600,
  },
  {
    name: "a flood of small log messages",
    body: forever(`(call $log ${i32(MEMORY.data)} ${i32(8)})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a flood of log messages of 16 MiB",
    memory: "1024",
    body: forever(`(call $log ${i32(TEXT_AT)} ${i32(2 ** 24)})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
    extraMiB: 600,
  },
  {
    name: "a flood of counters with names of 16 MiB",
    memory: "1024",
    body: forever(`(call $count ${i32(TEXT_AT)} ${i32(2 ** 24)})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a trap after an answer of 50 MB and a log message",
    body: `(call $log ${i32(MEMORY.data)} ${i32(8)})
      (call $answer ${i32(0)} ${i32(50_000_000)})
      (unreachable)`,
    deadlineMs: LATE_MS,
    code: "TRAP",
  },
  {
    name: "a recursion that logs now and then",
    fields: `(func $deeper (param $level i32) (result i32)
      (if (i32.eqz (i32.and (local.get $level) ${i32(1023)})) (then
        (call $log ${i32(MEMORY.data)} ${i32(8)})))
      (i32.add
        (call $deeper (i32.add (local.get $level) ${i32(1)}))
        (local.get $level)))`,
    body: `(drop (call $deeper ${i32(1)}))`,
    deadlineMs: LATE_MS,
    code: "TRAP",
  },
];
