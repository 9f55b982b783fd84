/** An instruction that is valid behind `unreachable` in the module of the test. */
export interface Sample {
  readonly name: string;
  /** Opcode and immediates. Where it opens a block, what closes it follows in `rest`. */
  readonly bytes: readonly number[];
  readonly rest?: readonly number[];
  /** What stands in front of it, where it cannot stand alone. */
  readonly before?: readonly number[];
  /** Whether it needs the module with types of the GC proposal. */
  readonly gc?: boolean;
}

const F = 0x40; // a block without results
const END = 0x0b;

/** Instructions with consecutive opcodes and the same immediates. */
function row(
  names: string,
  first: number,
  prefix: readonly number[] = [],
  immediates: readonly number[] = [],
  gc = false,
): Sample[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name, i) => {
      const code = prefix.length === 0 || first + i < 0x80 ? [first + i] : wide(first + i);
      return { name, bytes: [...prefix, ...code, ...immediates], gc };
    });
}

const wide = (code: number) => [(code & 0x7f) | 0x80, code >> 7];
const of = (type: string, names: string) => names.replace(/\S+/g, `${type}.$&`);

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

const v = (names: string, first: number, immediates: readonly number[] = []) =>
  row(names, first, [0xfd], immediates);
const shape = (type: string, names: string) => of(type, names);
const COMPARISONS = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";

const SIMD: readonly Sample[] = [
  ...v(
    `v128.load v128.load8x8_s v128.load8x8_u v128.load16x4_s v128.load16x4_u v128.load32x2_s
     v128.load32x2_u v128.load8_splat v128.load16_splat v128.load32_splat v128.load64_splat v128.store`,
    0,
    [0, 0],
  ),
  ...v("v128.const", 12, Array<number>(16).fill(0x0b)),
  ...v("i8x16.shuffle", 13, Array<number>(16).fill(0x0b)),
  ...v("i8x16.swizzle i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat", 14),
  ...v(
    `i8x16.extract_lane_s i8x16.extract_lane_u i8x16.replace_lane i16x8.extract_lane_s
     i16x8.extract_lane_u i16x8.replace_lane i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane
     i64x2.replace_lane f32x4.extract_lane f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane`,
    21,
    [1],
  ),
  ...v(shape("i8x16", COMPARISONS), 35),
  ...v(shape("i16x8", COMPARISONS), 45),
  ...v(shape("i32x4", COMPARISONS), 55),
  ...v(shape("f32x4", FLOAT_TESTS), 65),
  ...v(shape("f64x2", FLOAT_TESTS), 71),
  ...v(shape("v128", "not and andnot or xor bitselect any_true"), 77),
  ...v(
    `v128.load8_lane v128.load16_lane v128.load32_lane v128.load64_lane v128.store8_lane
     v128.store16_lane v128.store32_lane v128.store64_lane`,
    84,
    [0, 0, 1],
  ),
  ...v("v128.load32_zero v128.load64_zero", 92, [0, 0]),
  ...v("f32x4.demote_f64x2_zero f64x2.promote_low_f32x4", 94),
  ...v(
    `${shape("i8x16", "abs neg popcnt all_true bitmask narrow_i16x8_s narrow_i16x8_u")}
     ${shape("f32x4", "ceil floor trunc nearest")}
     ${shape("i8x16", "shl shr_s shr_u add add_sat_s add_sat_u sub sub_sat_s sub_sat_u")}
     ${shape("f64x2", "ceil floor")} ${shape("i8x16", "min_s min_u max_s max_u")} f64x2.trunc
     i8x16.avgr_u i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u
     i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u`,
    96,
  ),
  ...v(
    `${shape(
      "i16x8",
      `abs neg q15mulr_sat_s all_true bitmask narrow_i32x4_s narrow_i32x4_u extend_low_i8x16_s
       extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u shl shr_s shr_u add add_sat_s
       add_sat_u sub sub_sat_s sub_sat_u`,
    )} f64x2.nearest ${shape("i16x8", "mul min_s min_u max_s max_u")}`,
    128,
  ),
  ...v(
    shape(
      "i16x8",
      "avgr_u extmul_low_i8x16_s extmul_high_i8x16_s extmul_low_i8x16_u extmul_high_i8x16_u",
    ),
    155,
  ),
  ...v("i32x4.abs i32x4.neg", 160),
  ...v("i32x4.all_true i32x4.bitmask", 163),
  ...v(
    shape(
      "i32x4",
      `extend_low_i16x8_s extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u shl shr_s shr_u
       add`,
    ),
    167,
  ),
  ...v("i32x4.sub", 177),
  ...v(shape("i32x4", "mul min_s min_u max_s max_u dot_i16x8_s"), 181),
  ...v(
    `${shape(
      "i32x4",
      "extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u",
    )} i64x2.abs i64x2.neg`,
    188,
  ),
  ...v("i64x2.all_true i64x2.bitmask", 195),
  ...v(
    shape(
      "i64x2",
      `extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u shl shr_s shr_u
       add`,
    ),
    199,
  ),
  ...v("i64x2.sub", 209),
  ...v(
    shape(
      "i64x2",
      `mul eq ne lt_s gt_s le_s ge_s extmul_low_i32x4_s extmul_high_i32x4_s extmul_low_i32x4_u
       extmul_high_i32x4_u`,
    ),
    213,
  ),
  ...v("f32x4.abs f32x4.neg", 224),
  ...v(`${shape("f32x4", "sqrt add sub mul div min max pmin pmax")} f64x2.abs f64x2.neg`, 227),
  ...v(
    `${shape("f64x2", "sqrt add sub mul div min max pmin pmax")} i32x4.trunc_sat_f32x4_s
     i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u i32x4.trunc_sat_f64x2_s_zero
     i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u`,
    239,
  ),
];

export const RELAXED: readonly Sample[] = v(
  `i8x16.relaxed_swizzle i32x4.relaxed_trunc_f32x4_s i32x4.relaxed_trunc_f32x4_u
   i32x4.relaxed_trunc_f64x2_s_zero i32x4.relaxed_trunc_f64x2_u_zero f32x4.relaxed_madd
   f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd i8x16.relaxed_laneselect
   i16x8.relaxed_laneselect i32x4.relaxed_laneselect i64x2.relaxed_laneselect f32x4.relaxed_min
   f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max i16x8.relaxed_q15mulr_s
   i16x8.relaxed_dot_i8x16_i7x16_s i32x4.relaxed_dot_i8x16_i7x16_add_s`,
  256,
);

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
