import { of, row, type Sample } from "./sample.ts";

const FLOAT_TESTS = "eq ne lt gt le ge";
const v = (names: string, first: number, immediates: readonly number[] = []) =>
  row(names, first, [0xfd], immediates);
const COMPARISONS = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";

export const SIMD: readonly Sample[] = [
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
  ...v(of("i8x16", COMPARISONS), 35),
  ...v(of("i16x8", COMPARISONS), 45),
  ...v(of("i32x4", COMPARISONS), 55),
  ...v(of("f32x4", FLOAT_TESTS), 65),
  ...v(of("f64x2", FLOAT_TESTS), 71),
  ...v(of("v128", "not and andnot or xor bitselect any_true"), 77),
  ...v(
    `v128.load8_lane v128.load16_lane v128.load32_lane v128.load64_lane v128.store8_lane
     v128.store16_lane v128.store32_lane v128.store64_lane`,
    84,
    [0, 0, 1],
  ),
  ...v("v128.load32_zero v128.load64_zero", 92, [0, 0]),
  ...v("f32x4.demote_f64x2_zero f64x2.promote_low_f32x4", 94),
  ...v(
    `${of("i8x16", "abs neg popcnt all_true bitmask narrow_i16x8_s narrow_i16x8_u")}
     ${of("f32x4", "ceil floor trunc nearest")}
     ${of("i8x16", "shl shr_s shr_u add add_sat_s add_sat_u sub sub_sat_s sub_sat_u")}
     ${of("f64x2", "ceil floor")} ${of("i8x16", "min_s min_u max_s max_u")} f64x2.trunc
     i8x16.avgr_u i16x8.extadd_pairwise_i8x16_s i16x8.extadd_pairwise_i8x16_u
     i32x4.extadd_pairwise_i16x8_s i32x4.extadd_pairwise_i16x8_u`,
    96,
  ),
  ...v(
    `${of(
      "i16x8",
      `abs neg q15mulr_sat_s all_true bitmask narrow_i32x4_s narrow_i32x4_u extend_low_i8x16_s
       extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u shl shr_s shr_u add add_sat_s
       add_sat_u sub sub_sat_s sub_sat_u`,
    )} f64x2.nearest ${of("i16x8", "mul min_s min_u max_s max_u")}`,
    128,
  ),
  ...v(
    of(
      "i16x8",
      "avgr_u extmul_low_i8x16_s extmul_high_i8x16_s extmul_low_i8x16_u extmul_high_i8x16_u",
    ),
    155,
  ),
  ...v("i32x4.abs i32x4.neg", 160),
  ...v("i32x4.all_true i32x4.bitmask", 163),
  ...v(
    of(
      "i32x4",
      `extend_low_i16x8_s extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u shl shr_s shr_u
       add`,
    ),
    167,
  ),
  ...v("i32x4.sub", 177),
  ...v(of("i32x4", "mul min_s min_u max_s max_u dot_i16x8_s"), 181),
  ...v(
    `${of(
      "i32x4",
      "extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u",
    )} i64x2.abs i64x2.neg`,
    188,
  ),
  ...v("i64x2.all_true i64x2.bitmask", 195),
  ...v(
    of(
      "i64x2",
      `extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u shl shr_s shr_u
       add`,
    ),
    199,
  ),
  ...v("i64x2.sub", 209),
  ...v(
    of(
      "i64x2",
      `mul eq ne lt_s gt_s le_s ge_s extmul_low_i32x4_s extmul_high_i32x4_s extmul_low_i32x4_u
       extmul_high_i32x4_u`,
    ),
    213,
  ),
  ...v("f32x4.abs f32x4.neg", 224),
  ...v(`${of("f32x4", "sqrt add sub mul div min max pmin pmax")} f64x2.abs f64x2.neg`, 227),
  ...v(
    `${of("f64x2", "sqrt add sub mul div min max pmin pmax")} i32x4.trunc_sat_f32x4_s
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
