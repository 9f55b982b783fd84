import { forever, i32 } from "../../../guests/wat.ts";
import { type Attack, LATE_MS, SOON_MS } from "../attack.ts";

/** Guests that compute for ever, or too deep. */
export const LOOPS: readonly Attack[] = [
  { name: "a tight loop", body: forever(), deadlineMs: SOON_MS, code: "TIMEOUT" },
  {
    name: "a loop of calls",
    fields: "(func $nothing)",
    body: forever("(call $nothing)"),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a loop of calls through a table",
    fields:
      "(type $none (func)) (table $t 1 funcref) (func $nothing) (elem (i32.const 0) $nothing)",
    body: forever("(call_indirect (type $none) (i32.const 0))"),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a recursion that doubles at every level",
    fields: `(func $twice (param i32)
      (if (local.get 0) (then
        (call $twice (i32.sub (local.get 0) (i32.const 1)))
        (call $twice (i32.sub (local.get 0) (i32.const 1))))))`,
    body: "(call $twice (i32.const 60))",
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a recursion without end",
    fields: "(func $deeper (result i32) (i32.add (call $deeper) (i32.const 1)))",
    body: "(drop (call $deeper))",
    deadlineMs: LATE_MS,
    code: "TRAP",
  },
  {
    name: "a recursion of many locals",
    fields: `(func $wide (param ${"i64 ".repeat(500)}) (call $wide ${"(i64.const 1)".repeat(500)}) (drop (local.get 0)))`,
    body: `(call $wide ${"(i64.const 1)".repeat(500)})`,
    deadlineMs: LATE_MS,
    code: "TRAP",
  },
  {
    name: "a start function that loops",
    at: "start",
    body: forever(),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "a start function that takes long in every guest",
    at: "slow start",
    body: `(local.set $i ${i32(300_000_000)})
      (loop $more (br_if $more (local.tee $i (i32.sub (local.get $i) ${i32(1)}))))`,
    deadlineMs: 40,
    code: "TIMEOUT",
  },
  {
    name: "an endless manifest",
    at: "manifest",
    body: forever(),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
  {
    name: "an endless register",
    at: "register",
    body: forever(),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
];
