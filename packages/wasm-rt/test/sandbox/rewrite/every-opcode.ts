import { SIMD } from "./every-vector-opcode.ts";
import { of, row, type Sample } from "./sample.ts";

const F = 0x40; // a block without results
const END = 0x0b;

const INTEGER_TESTS = "eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
const FLOAT_TESTS = "eq ne lt gt le ge";
const INTEGER_MATH =
  "clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr";
const FLOAT_MATH = "abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign";
const CONVERSIONS = `i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u
  i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u
  f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64
  f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32
  i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64
  i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s`;
const LOADS_AND_STORES = `i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s
  i32.load16_u i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u i32.store
  i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16 i64.store32`;

const CORE: readonly Sample[] = [
  ...row("unreachable nop", 0x00),
  { name: "block", bytes: [0x02, F], rest: [END] },
  { name: "block of a value", bytes: [0x02, 0x7f], rest: [0x00, END] },
  { name: "block of a type", bytes: [0x02, 0x00], rest: [END] },
  { name: "block of a reference", bytes: [0x02, 0x70], rest: [0x00, END] },
  { name: "loop", bytes: [0x03, F], rest: [END] },
  { name: "if", bytes: [0x04, F], rest: [END] },
  { name: "else", before: [0x04, F], bytes: [0x05], rest: [END] },
  { name: "end", before: [0x02, F], bytes: [END] },
  { name: "br", bytes: [0x0c, 0] },
  { name: "br_if", bytes: [0x0d, 0] },
  { name: "br_table", bytes: [0x0e, 3, 0, 0, 0, 0] },
  { name: "br_table of the default alone", bytes: [0x0e, 0, 0] },
  { name: "return", bytes: [0x0f] },
  { name: "call", bytes: [0x10, 0] },
  { name: "call with a padded index", bytes: [0x10, 0x80, 0x80, 0x80, 0x80, 0] },
  { name: "call_indirect", bytes: [0x11, 0, 0] },
  { name: "return_call", bytes: [0x12, 0] },
  { name: "return_call_indirect", bytes: [0x13, 0, 0] },
  ...row("drop select", 0x1a),
  { name: "select with a type", bytes: [0x1c, 1, 0x7f] },
  { name: "select of references", bytes: [0x1c, 1, 0x70] },
  ...row("local.get local.set local.tee global.get global.set", 0x20, [], [0]),
  ...row("table.get table.set", 0x25, [], [0]),
  ...row(LOADS_AND_STORES, 0x28, [], [0, 0]),
  { name: "i32.load with a large offset", bytes: [0x28, 2, 0xff, 0xff, 0xff, 0xff, 0x0f] },
  ...row("memory.size memory.grow", 0x3f, [], [0]),
  { name: "i32.const", bytes: [0x41, 0x80, 0x80, 0x80, 0x80, 0x78] },
  { name: "i64.const", bytes: [0x42, ...Array<number>(9).fill(0x80), 0x7f] },
  { name: "f32.const", bytes: [0x43, 0x0b, 0x0b, 0x0b, 0x0b] },
  { name: "f64.const", bytes: [0x44, ...Array<number>(8).fill(0x0b)] },
  ...row(of("i32", INTEGER_TESTS), 0x45),
  ...row(of("i64", INTEGER_TESTS), 0x50),
  ...row(of("f32", FLOAT_TESTS), 0x5b),
  ...row(of("f64", FLOAT_TESTS), 0x61),
  ...row(of("i32", INTEGER_MATH), 0x67),
  ...row(of("i64", INTEGER_MATH), 0x79),
  ...row(of("f32", FLOAT_MATH), 0x8b),
  ...row(of("f64", FLOAT_MATH), 0x99),
  ...row(CONVERSIONS, 0xa7),
  { name: "ref.null func", bytes: [0xd0, 0x70] },
  { name: "ref.null extern", bytes: [0xd0, 0x6f] },
  { name: "ref.is_null", before: [0xd0, 0x70], bytes: [0xd1] },
  { name: "ref.func", bytes: [0xd2, 0] },
];

const BULK: readonly Sample[] = [
  ...row(
    `i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u
     i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u`,
    0,
    [0xfc],
  ),
  { name: "memory.init", bytes: [0xfc, 8, 0, 0] },
  { name: "data.drop", bytes: [0xfc, 9, 0] },
  { name: "memory.copy", bytes: [0xfc, 10, 0, 0] },
  { name: "memory.fill", bytes: [0xfc, 11, 0] },
  { name: "memory.fill with a padded opcode", bytes: [0xfc, 0x8b, 0x80, 0x00, 0] },
  { name: "table.init", bytes: [0xfc, 12, 0, 0] },
  { name: "elem.drop", bytes: [0xfc, 13, 0] },
  { name: "table.copy", bytes: [0xfc, 14, 0, 0] },
  ...row("table.grow table.size table.fill", 15, [0xfc], [0]),
];

const EXCEPTIONS: readonly Sample[] = [
  { name: "throw", bytes: [0x08, 0] },
  { name: "try", bytes: [0x06, F], rest: [0x19, END] },
  { name: "catch", before: [0x06, F], bytes: [0x07, 0], rest: [END] },
  { name: "catch_all", before: [0x06, F], bytes: [0x19], rest: [END] },
  { name: "rethrow", before: [0x06, F, 0x19], bytes: [0x09, 0], rest: [END] },
  { name: "delegate", before: [0x06, F], bytes: [0x18, 0] },
];

export const EXNREF: readonly Sample[] = [
  { name: "throw_ref", bytes: [0x0a] },
  { name: "try_table", bytes: [0x1f, F, 2, 0, 0, 0, 2, 0], rest: [END] },
  {
    name: "try_table with references",
    before: [0x02, 0x69],
    bytes: [0x1f, F, 2, 1, 0, 0, 3, 0],
    rest: [END, 0x00, END],
  },
];

// Atomic instructions need the alignment of their width: 4 8 1 2 1 2 4 bytes, in this order.
const WIDTHS = [2, 3, 0, 1, 0, 1, 2];
const ATOMIC_NAMES = ["load", "store", "add", "sub", "and", "or", "xor", "xchg", "cmpxchg"];
const ATOMIC_TYPES = ["i32", "i64", "i32_8", "i32_16", "i64_8", "i64_16", "i64_32"];
const ATOMICS: readonly Sample[] = [
  { name: "memory.atomic.notify", bytes: [0xfe, 0, 2, 0] },
  { name: "memory.atomic.wait32", bytes: [0xfe, 1, 2, 0] },
  { name: "memory.atomic.wait64", bytes: [0xfe, 2, 3, 0] },
  { name: "atomic.fence", bytes: [0xfe, 3, 0] },
  ...ATOMIC_NAMES.flatMap((operation, i) =>
    ATOMIC_TYPES.map((type, j) => ({
      name: `atomic ${operation} of ${type}`,
      bytes: [0xfe, 0x10 + 7 * i + j, WIDTHS[j] ?? 0, 0],
    })),
  ),
];

// Types of the test's module: 1 a struct of a number and a packed one, 2 an array of numbers, 3 a
// packed one, 4 one of functions.
const g = (names: string, first: number, immediates: readonly number[]) =>
  row(names, first, [0xfb], immediates, true);
export const GC: readonly Sample[] = [
  ...g("struct.new struct.new_default", 0, [1]),
  ...g("struct.get", 2, [1, 0]),
  ...g("struct.get_s struct.get_u", 3, [1, 1]),
  ...g("struct.set", 5, [1, 0]),
  ...g("array.new array.new_default", 6, [2]),
  ...g("array.new_fixed", 8, [2, 3]),
  ...g("array.new_data", 9, [2, 0]),
  ...g("array.new_elem", 10, [4, 0]),
  ...g("array.get", 11, [2]),
  ...g("array.get_s array.get_u", 12, [3]),
  ...g("array.set", 14, [2]),
  ...g("array.len", 15, []),
  ...g("array.fill", 16, [2]),
  ...g("array.copy", 17, [2, 2]),
  ...g("array.init_data", 18, [2, 0]),
  ...g("array.init_elem", 19, [4, 0]),
  ...g("ref.test ref.test_null ref.cast ref.cast_null", 20, [1]),
  ...g("ref.test_i31 ref.test_null_i31 ref.cast_i31 ref.cast_null_i31", 20, [0x6c]),
  {
    name: "br_on_cast",
    before: [0x02, 0x6b, 0x00],
    bytes: [0xfb, 24, 3, 0, 0x6b, 1],
    rest: [0x00, END],
    gc: true,
  },
  {
    name: "br_on_cast_fail",
    before: [0x02, 0x6b, 0x00],
    bytes: [0xfb, 25, 3, 0, 0x6b, 1],
    rest: [0x00, END],
    gc: true,
  },
  ...g("any.convert_extern extern.convert_any ref.i31 i31.get_s i31.get_u", 26, []),
  { name: "call_ref", bytes: [0x14, 0], gc: true },
  { name: "return_call_ref", bytes: [0x15, 0], gc: true },
  { name: "ref.eq", bytes: [0xd3], gc: true },
  { name: "ref.as_non_null", before: [0xd0, 0x70], bytes: [0xd4], gc: true },
  { name: "br_on_null", before: [0xd0, 0x70], bytes: [0xd5, 0], gc: true },
  {
    name: "br_on_non_null",
    before: [0x02, 0x70, 0xd0, 0x70],
    bytes: [0xd6, 0],
    rest: [0x00, END],
    gc: true,
  },
  { name: "block of a reference to a type", bytes: [0x02, 0x63, 1], rest: [0x00, END], gc: true },
  { name: "ref.null of a type", bytes: [0xd0, 1], gc: true },
  { name: "select of a reference to a type", bytes: [0x1c, 1, 0x64, 1], gc: true },
];

/** What every engine takes that Node.js 20 or newer has. */
export const EVERYWHERE: readonly Sample[] = [...CORE, ...BULK, ...EXCEPTIONS, ...SIMD, ...ATOMICS];
/** What needs two memories. */
export const MULTI_MEMORY: readonly Sample[] = [
  { name: "i32.load of memory 1", bytes: [0x28, 0x42, 1, 0] },
  { name: "i32.atomic.load of memory 1", bytes: [0xfe, 0x10, 0x42, 1, 0] },
  { name: "v128.load8_lane of memory 1", bytes: [0xfd, 84, 0x40, 1, 0, 1] },
  { name: "memory.size of memory 1", bytes: [0x3f, 1] },
  { name: "memory.grow of memory 1", bytes: [0x40, 1] },
  { name: "memory.copy from memory 1", bytes: [0xfc, 10, 0, 1] },
  { name: "memory.copy to memory 1", bytes: [0xfc, 10, 1, 0] },
  { name: "memory.fill of memory 1", bytes: [0xfc, 11, 1] },
  { name: "memory.init of memory 1", bytes: [0xfc, 8, 0, 1] },
];
