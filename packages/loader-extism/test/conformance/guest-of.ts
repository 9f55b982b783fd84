import { type GuestText, moduleText, STEP_EXPORTS, type TextAbi } from "@uni/conformance";
import { assembleWat } from "@uni/fixtures";
import { env, user } from "../wat-plugin.ts";

/** Functions that every guest has; a block of the host is copied eight bytes for a call. */
const FUNCTIONS = `
  (global $status (mut i32) (i32.const 0))
  (func $block (param $at i32) (param $length i32) (result i64)
    (local $to i64) (local $end i32)
    (local.set $to (call $alloc (i64.extend_i32_u (local.get $length))))
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $words (loop $word
      (br_if $words (i32.lt_u (i32.sub (local.get $end) (local.get $at)) (i32.const 8)))
      (call $store_u64 (local.get $to) (i64.load (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (local.set $to (i64.add (local.get $to) (i64.const 8)))
      (br $word)))
    (block $bytes (loop $byte
      (br_if $bytes (i32.eq (local.get $at) (local.get $end)))
      (call $store_u8 (local.get $to) (i32.load8_u (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $to (i64.add (local.get $to) (i64.const 1)))
      (br $byte)))
    (i64.sub (local.get $to) (i64.extend_i32_u (local.get $length))))
  (func $copy (param $from i64) (param $to i32) (param $length i32)
    (block $bytes (loop $byte
      (br_if $bytes (i32.eqz (local.get $length)))
      (i32.store8 (local.get $to) (call $load_u8 (local.get $from)))
      (local.set $from (i64.add (local.get $from) (i64.const 1)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br $byte))))
  (func $answer (param $at i32) (param $length i32)
    (call $output_set
      (call $block (local.get $at) (local.get $length)) (i64.extend_i32_u (local.get $length))))
  (func $refuse (param $code i32) (param $at i32) (param $length i32)
    (global.set $status (local.get $code))
    (call $error_set (call $block (local.get $at) (local.get $length))))
  (func $raw_length (result i32) (i32.wrap_i64 (call $input_bytes)))
  (func $raw (param $from i32) (param $to i32) (param $length i32)
    (block $bytes (loop $byte
      (br_if $bytes (i32.eqz (local.get $length)))
      (i32.store8 (local.get $to) (call $input_load_u8 (i64.extend_i32_u (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br $byte))))
  ;; Where the state and the stream are in the input; update and merge set it from the envelope.
  (global $stream_at (mut i32) (i32.const 0))
  (global $state_bytes (mut i32) (i32.const -1))
  (func $envelope
    (call $raw (i32.const 0) (i32.const 4096) (i32.const 4))
    (global.set $state_bytes (i32.load (i32.const 4096)))
    (global.set $stream_at (i32.add (global.get $state_bytes) (i32.const 4))))
  (func $input_length (result i32) (i32.sub (call $raw_length) (global.get $stream_at)))
  (func $input (param $to i32)
    (call $raw (global.get $stream_at) (local.get $to) (call $input_length)))
  (func $state_length (result i32)
    (if (result i32) (i32.eq (global.get $state_bytes) (i32.const -1))
      (then (call $raw_length)) (else (global.get $state_bytes))))
  (func $state (param $to i32)
    (call $raw
      (if (result i32) (i32.eq (global.get $state_bytes) (i32.const -1))
        (then (i32.const 0)) (else (i32.const 4)))
      (local.get $to) (call $state_length)))`;

const IMPORTS = [
  env("alloc", "(param i64) (result i64)"),
  env("free", "(param i64)"),
  env("length", "(param i64) (result i64)"),
  env("load_u8", "(param i64) (result i32)"),
  env("store_u8", "(param i64 i32)"),
  env("store_u64", "(param i64 i64)"),
  '(import "extism:host/env" "input_length" (func $input_bytes (result i64)))',
  env("input_load_u8", "(param i64) (result i32)"),
  env("output_set", "(param i64 i64)"),
  env("error_set", "(param i64)"),
].join("\n");

const HOST: TextAbi["host"] = {
  $log: {
    imports: () => env("log_info", "(param i64)"),
    functions: `(func $log (param $at i32) (param $length i32) (local $block i64)
      (local.set $block (call $block (local.get $at) (local.get $length)))
      (call $log_info (local.get $block))
      (call $free (local.get $block)))`,
  },
  $count: {
    imports: () => user("uni_metric_counter"),
    functions: `(func $count (param $at i32) (param $length i32) (local $block i64)
      (local.set $block (call $block (local.get $at) (local.get $length)))
      (call $free (call $uni_metric_counter (local.get $block)))
      (call $free (local.get $block)))`,
  },
  $ask: {
    imports: (name) => `(import "extism:host/user" ${name} (func $asked (param i64) (result i64)))`,
    functions: `(func $ask (param $at i32) (param $length i32) (param $to i32) (result i32)
      (local $block i64) (local $given i64)
      (local.set $block (call $block (local.get $at) (local.get $length)))
      (local.set $given (call $asked (local.get $block)))
      (local.set $length (i32.wrap_i64 (call $length (local.get $given))))
      (call $copy (local.get $given) (local.get $to) (local.get $length))
      (call $free (local.get $given))
      (call $free (local.get $block))
      (local.get $length))`,
  },
};

const ABI: TextAbi = {
  abiField: "abi-extism",
  imports: IMPORTS,
  functions: FUNCTIONS,
  host: HOST,
  exported: (step, run) => {
    const first = step === "update" || step === "merge" ? "(call $envelope)" : "";
    return `(func (export "${STEP_EXPORTS[step]}") (result i32)
      ${first} (call ${run}) (global.get $status))`;
  },
};

/**
 * An Extism plugin of a guest's text.
 *
 * @param imports of more functions, which its bodies may call.
 */
export function guestOf(text: GuestText, imports = ""): Promise<Uint8Array<ArrayBuffer>> {
  const wat = moduleText(text, { ...ABI, imports: IMPORTS + imports });
  return assembleWat(wat, { exceptions: true, newest: text.newest ?? false });
}
