import { OPCODES } from "./opcodes.ts";

type Range = readonly [first: number, last: number, delta: number];

// WebAssembly core specification 3.0, "Index of Instructions": how many values an instruction leaves on
// the stack above what it takes. Those that are not here leave as many as they take, or fewer, as most
// arithmetic of vectors does, or have their effect from their immediates.
const RANGES: readonly Range[] = [
  [0x04, 0x04, -1], // if
  [0x0d, 0x0d, -1], // br_if
  [0x11, 0x11, -1], // call_indirect, beside its type
  [0x14, 0x14, -1], // call_ref, beside its type
  [0x1a, 0x1a, -1], // drop
  [0x1b, 0x1c, -2], // select
  [0x20, 0x20, 1], // local.get
  [0x21, 0x21, -1], // local.set
  [0x23, 0x23, 1], // global.get
  [0x24, 0x24, -1], // global.set
  [0x26, 0x26, -2], // table.set
  [0x36, 0x3e, -2], // stores
  [0x3f, 0x3f, 1], // memory.size
  [0x41, 0x44, 1], // constants
  [0x46, 0x4f, -1], // i32 comparisons
  [0x51, 0x66, -1], // other comparisons
  [0x6a, 0x78, -1], // i32 arithmetic
  [0x7c, 0x8a, -1], // i64
  [0x92, 0x98, -1], // f32
  [0xa0, 0xa6, -1], // f64
  [0xd0, 0xd0, 1], // ref.null
  [0xd2, 0xd2, 1], // ref.func
  [0xd3, 0xd3, -1], // ref.eq
  [0xd6, 0xd6, -1], // br_on_non_null
  [0x101, 0x101, 1], // struct.new_default
  [0x105, 0x105, -2], // struct.set
  [0x106, 0x106, -1], // array.new
  [0x109, 0x10a, -1], // array.new_data, array.new_elem
  [0x10b, 0x10d, -1], // array.get*
  [0x10e, 0x10e, -3], // array.set
  [0x110, 0x110, -4], // array.fill
  [0x111, 0x111, -5], // array.copy
  [0x112, 0x113, -4], // array.init_*
  [0x208, 0x208, -3], // memory.init
  [0x20a, 0x20c, -3], // memory.copy, memory.fill, table.init
  [0x20e, 0x20e, -3], // table.copy
  [0x20f, 0x20f, -1], // table.grow
  [0x210, 0x210, 1], // table.size
  [0x211, 0x211, -3], // table.fill
  [0x30b, 0x30b, -2], // v128.store
  [0x30c, 0x30c, 1], // v128.const
  [0x30d, 0x30e, -1], // shuffle, swizzle
  [0x323, 0x34c, -1], // comparisons
  [0x34e, 0x351, -1], // and, andnot, or, xor
  [0x352, 0x352, -2], // bitselect
  [0x354, 0x357, -1], // v128.load*_lane
  [0x358, 0x35b, -2], // v128.store*_lane
  [0x500, 0x500, -1], // memory.atomic.notify
  [0x501, 0x502, -2], // memory.atomic.wait*
  [0x517, 0x51d, -2], // atomic stores
  [0x51e, 0x547, -1], // read-modify-write
  [0x548, 0x54e, -2], // compare-exchange
];
/** By how many values each instruction makes the stack higher, at most. */
export const STACK_DELTA: Int8Array = new Int8Array(OPCODES);
for (const [first, last, delta] of RANGES) {
  STACK_DELTA.fill(delta, first, last + 1);
}
