import { readFile } from "node:fs/promises";
import {
  BUILT_SCENARIOS,
  type GuestStep,
  moduleText,
  type Scenario,
  STEP_EXPORTS,
  type TextAbi,
} from "@uni/conformance";
import { assembleWat } from "@uni/fixtures";
import { HOST_MODULE } from "../src/host-imports.ts";

/** The plugin of a scenario in this format; undefined where there is none. */
export async function guestOf({ name, text }: Scenario): Promise<Uint8Array | undefined> {
  if (text === undefined) return built(name);
  const features = { exceptions: true, newest: text.newest ?? false };
  return assembleWat(moduleText(text, ABI), features);
}

/** A plugin that `guests/build.mjs` has built from its sources. */
async function built(name: string): Promise<Uint8Array | undefined> {
  const known = BUILT_SCENARIOS.find((scenario) => scenario === name);
  return known && readFile(new URL(`../guests/dist/${known}.wasm`, import.meta.url));
}

const TEXT = "(param $at i32) (param $length i32)";
const PASSED = "(local.get $at) (local.get $length)";
/** Where the status of an answer of no bytes is; the wrapper's memory ends at 8192. */
const NO_ANSWER = 4096;

const FUNCTIONS = `
  (global $top (mut i32) (i32.const 65536))
  (global $status (mut i32) (i32.const 0))
  (global $out_at (mut i32) (i32.const ${NO_ANSWER + 4}))
  (global $out_bytes (mut i32) (i32.const 0))
  (global $input_at (mut i32) (i32.const 0))
  (global $input_bytes (mut i32) (i32.const 0))
  (global $state_at (mut i32) (i32.const 0))
  (global $state_bytes (mut i32) (i32.const 0))
  (func (export "alloc") (param $bytes i32) (result i32)
    (local $start i32)
    (local.set $start (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
    (global.set $top (i32.add (local.get $start) (local.get $bytes)))
    (if (i32.gt_u (global.get $top) (i32.shl (memory.size) (i32.const 16)))
      (then (drop (memory.grow
        (i32.add (i32.shr_u (local.get $bytes) (i32.const 16)) (i32.const 1))))))
    (local.get $start))
  (func (export "dealloc") (param i32 i32))
  (func $keep ${TEXT}
    (global.set $out_at (local.get $at)) (global.set $out_bytes (local.get $length)))
  (func $answer ${TEXT} (call $keep ${PASSED}))
  (func $refuse (param $code i32) ${TEXT}
    (global.set $status (local.get $code)) (call $keep ${PASSED}))
  (func $input_length (result i32) (global.get $input_bytes))
  (func $input (param $to i32)
    (memory.copy (local.get $to) (global.get $input_at) (global.get $input_bytes)))
  (func $state_length (result i32) (global.get $state_bytes))
  (func $state (param $to i32)
    (memory.copy (local.get $to) (global.get $state_at) (global.get $state_bytes)))
  ;; update and merge: the input is [state length][state][stream].
  (func $envelope
    (global.set $state_at (i32.add (global.get $input_at) (i32.const 4)))
    (global.set $state_bytes (i32.load (global.get $input_at)))
    (global.set $input_at (i32.add (global.get $state_at) (global.get $state_bytes)))
    (global.set $input_bytes
      (i32.sub (i32.sub (global.get $input_bytes) (i32.const 4)) (global.get $state_bytes))))
  ;; evaluate: all of the input is the state.
  (func $only_state
    (global.set $state_at (global.get $input_at))
    (global.set $state_bytes (global.get $input_bytes)))
  ;; The status goes in front of the answer; one from address 0 on has it as its first bytes.
  (func $packed (result i64)
    (if (global.get $out_at) (then
      (global.set $out_at (i32.sub (global.get $out_at) (i32.const 4)))
      (global.set $out_bytes (i32.add (global.get $out_bytes) (i32.const 4)))))
    (i32.store (global.get $out_at) (global.get $status))
    (i64.or
      (i64.shl (i64.extend_i32_u (global.get $out_at)) (i64.const 32))
      (i64.extend_i32_u (global.get $out_bytes))))`;

const imported = (name: string, id: string): string =>
  `(import "${HOST_MODULE}" ${name} (func ${id} (param i32 i32) (result i64)))`;

const FIRST: Partial<Record<GuestStep, string>> = {
  update: "(call $envelope)",
  merge: "(call $envelope)",
  evaluate: "(call $only_state)",
};

const ABI: TextAbi = {
  abiField: "abi-core",
  functions: FUNCTIONS,
  host: {
    $log: {
      imports: () => imported('"uni_host_log"', "$logged"),
      functions: `(func $log ${TEXT} (drop (call $logged ${PASSED})))`,
    },
    $count: {
      imports: () => imported('"uni_metric_counter"', "$counted"),
      functions: `(func $count ${TEXT} (drop (call $counted ${PASSED})))`,
    },
    $ask: {
      imports: (name) => imported(name, "$asked"),
      functions: `(func $ask ${TEXT} (param $to i32) (result i32) (local $given i64)
        (local.set $given (call $asked ${PASSED}))
        (memory.copy (local.get $to)
          (i32.wrap_i64 (i64.shr_u (local.get $given) (i64.const 32)))
          (i32.wrap_i64 (local.get $given)))
        (i32.wrap_i64 (local.get $given)))`,
    },
  },
  exported: (step, run) => `(func (export "${STEP_EXPORTS[step]}") ${TEXT} (result i64)
    (global.set $input_at (local.get $at)) (global.set $input_bytes (local.get $length))
    ${FIRST[step] ?? ""} (call ${run}) (call $packed))`,
};
