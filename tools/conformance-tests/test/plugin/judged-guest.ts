import { assembleWat, watName } from "@uni/fixtures";

/**
 * What a function of a guest does, as WebAssembly text that leaves a status.
 *
 * @param place puts bytes into the guest's memory, and gives the operands of address and length.
 */
export type Deed = (place: (bytes: Uint8Array) => Placed) => string;

interface Placed {
  readonly address: number;
  /** Both as operands. */
  readonly range: string;
}

/** What a function does, and what it does instead for some inputs, told by their hash. */
export interface Behaviour {
  readonly otherwise: Deed;
  readonly on?: readonly (readonly [input: Uint8Array, deed: Deed])[];
}

export const echo: Deed = () => "(call $echo) (i32.const 0)";
export const trap: Deed = () => "(unreachable)";
export const loop: Deed = () => "(loop $forever (br $forever)) (unreachable)";

export const output =
  (bytes: Uint8Array): Deed =>
  (place) =>
    `(call $say ${place(bytes).range}) (i32.const 0)`;

/** The same bytes but for eight of them, which no two guests have alike. */
export const outputRandom =
  (bytes: Uint8Array, offset: number): Deed =>
  (place) => {
    const { address, range } = place(bytes);
    return `(drop (call $random (i32.const ${address + offset}) (i32.const 8)))
      (call $say ${range}) (i32.const 0)`;
  };

export const refuse =
  (message: string, status = 300): Deed =>
  (place) =>
    `(call $complain ${place(new TextEncoder().encode(message)).range}) (i32.const ${status})`;

/** An Extism guest of these exports, which do as they are told. */
export function judgedGuest(
  exports: Readonly<Record<string, Behaviour>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const data: string[] = [];
  let end = 0;
  const place = (bytes: Uint8Array): Placed => {
    const address = end;
    end += bytes.length;
    const text = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
    data.push(`(data (i32.const ${address}) "${text}")`);
    return { address, range: `(i32.const ${address}) (i32.const ${bytes.length})` };
  };
  const functions = Object.entries(exports).map(([name, { otherwise, on = [] }]) => {
    const branches = on.map(
      ([input, deed]) => `(if (i32.eq (local.get $hash) (i32.const ${hashOf(input)}))
        (then (return (block (result i32) ${deed(place)}))))`,
    );
    const hash = on.length === 0 ? "" : "(local.set $hash (call $hash))";
    return `(func (export ${watName(name)}) (result i32) (local $hash i32)
      ${hash} ${branches.join("\n")} ${otherwise(place)})`;
  });
  return assembleWat(`(module ${IMPORTS}
    (memory (export "memory") ${Math.ceil((end + 1) / 65_536)})
    ${data.join("\n")} ${ROUTINES} ${functions.join("\n")})`);
}

/** FNV-1a of 32 bits, as `$hash` has it. */
function hashOf(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5 | 0);
}

const env = (name: string, type: string) =>
  `(import "extism:host/env" "${name}" (func $${name} ${type}))`;

const IMPORTS = `
  ${env("alloc", "(param i64) (result i64)")}
  ${env("store_u8", "(param i64 i32)")}
  ${env("input_offset", "(result i64)")}
  ${env("input_length", "(result i64)")}
  ${env("input_load_u8", "(param i64) (result i32)")}
  ${env("output_set", "(param i64 i64)")}
  ${env("error_set", "(param i64)")}
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))`;

const ROUTINES = `
  (func $hash (result i32) (local $at i64) (local $length i64) (local $hash i32)
    (local.set $length (call $input_length))
    (local.set $hash (i32.const 0x811c9dc5))
    (loop $next
      (if (i64.lt_u (local.get $at) (local.get $length)) (then
        (local.set $hash (i32.mul
          (i32.xor (local.get $hash) (call $input_load_u8 (local.get $at)))
          (i32.const 0x01000193)))
        (local.set $at (i64.add (local.get $at) (i64.const 1)))
        (br $next))))
    (local.get $hash))
  (func $echo (call $output_set (call $input_offset) (call $input_length)))
  (func $block (param $from i32) (param $length i32) (result i64) (local $to i64) (local $i i32)
    (local.set $to (call $alloc (i64.extend_i32_u (local.get $length))))
    (loop $next
      (if (i32.lt_u (local.get $i) (local.get $length)) (then
        (call $store_u8
          (i64.add (local.get $to) (i64.extend_i32_u (local.get $i)))
          (i32.load8_u (i32.add (local.get $from) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
    (local.get $to))
  (func $say (param $from i32) (param $length i32)
    (call $output_set
      (call $block (local.get $from) (local.get $length))
      (i64.extend_i32_u (local.get $length))))
  (func $complain (param $from i32) (param $length i32)
    (call $error_set (call $block (local.get $from) (local.get $length))))`;
