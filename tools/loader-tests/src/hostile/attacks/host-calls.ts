import { type Attack, forever, i32, LATE_MS, SOON_MS, TEXT_AT } from "../attack.ts";

/** Guests that keep their host busy. */
export const HOST_CALLS: readonly Attack[] = [
  {
    name: "a loop of calls of a host function",
    body: forever(`(call $ask ${i32(1024)} ${i32(8)})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a loop of calls of a host function with 16 MiB each",
    memory: "1024",
    body: forever(`(call $ask ${i32(0)} ${i32(2 ** 24)})`),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
    extraMiB: 600,
  },
  {
    name: "a flood of small log messages",
    body: forever(`(call $log ${i32(1024)} ${i32(8)})`),
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
    name: "a flood of variables of 400 MB",
    only: "extism",
    imports: '(import "extism:host/env" "var_set" (func $var_set (param i64 i64)))',
    body: `(local.set $j (call $alloc (i64.const 400000000)))
      ${forever("(call $var_set (local.get $j) (local.get $j))")}`,
    deadlineMs: LATE_MS,
    code: "RESOURCE_LIMIT",
    extraMiB: 400,
  },
  {
    name: "blocks of 1 MB without end",
    only: "extism",
    body: forever("(drop (call $alloc (i64.const 1000000)))"),
    deadlineMs: LATE_MS,
    code: "RESOURCE_LIMIT",
    extraMiB: 600,
  },
  {
    name: "empty blocks without end",
    only: "extism",
    body: forever("(drop (call $alloc (i64.const 0)))"),
    deadlineMs: LATE_MS,
    code: "RESOURCE_LIMIT",
  },
  {
    name: "blocks that are allocated and freed for ever",
    only: "extism",
    body: forever("(call $free (call $alloc (i64.const 100)))"),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a trap after an answer of 100 MB and a log message",
    body: `(call $log ${i32(1024)} ${i32(8)})
      (call $answer ${i32(0)} ${i32(100_000_000)})
      (unreachable)`,
    deadlineMs: LATE_MS,
    code: "TRAP",
  },
  {
    name: "a recursion that logs now and then",
    fields: `(func $deeper (param $level i32) (result i32)
      (if (i32.eqz (i32.and (local.get $level) ${i32(1023)})) (then
        (call $log ${i32(1024)} ${i32(8)})))
      (i32.add
        (call $deeper (i32.add (local.get $level) ${i32(1)}))
        (local.get $level)))`,
    body: `(drop (call $deeper ${i32(1)}))`,
    deadlineMs: LATE_MS,
    code: "TRAP",
  },
];
