/** What random modules are made of. */

export type ValueType = "i32" | "i64" | "f32" | "f64";

export const CODE: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
};
export const VALUE_TYPES = ["i32", "i64", "f32", "f64"] as const;

export interface Signature {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** The types of the module; the first four are those of its functions. */
export const SIGNATURES: readonly Signature[] = [
  { parameters: ["i32"], results: ["i32"] },
  { parameters: ["i64", "f64"], results: ["i64"] },
  { parameters: ["f32", "i32"], results: ["f32"] },
  { parameters: [], results: ["i32", "i64"] },
  { parameters: ["i32"], results: [] }, // of the tag
  { parameters: ["i32"], results: ["i32", "i32"] }, // of a block
];
export const FUNCTION_TYPES = [0, 1, 2, 3, 0, 1] as const;
export const BLOCK_TYPE = 5;
/** The globals: one of each type, and how many turns and calls are left, so that everything ends. */
export const TURNS = 4;
export const GLOBAL_NAMES = ["i32", "i64", "f32", "f64", "turns"] as const;

// Operators: from the first to the last opcode, and what they take.
export const BINARY: Readonly<Record<ValueType, readonly [number, number]>> = {
  i32: [0x6a, 0x78],
  i64: [0x7c, 0x8a],
  f32: [0x92, 0x98],
  f64: [0xa0, 0xa6],
};
export const COMPARED: Readonly<Record<ValueType, readonly [number, number]>> = {
  i32: [0x46, 0x4f],
  i64: [0x51, 0x5a],
  f32: [0x5b, 0x60],
  f64: [0x61, 0x66],
};
export const CONVERTED: Readonly<
  Record<ValueType, readonly (readonly [ValueType, readonly number[]])[]>
> = {
  i32: [
    ["i64", [0xa7]],
    ["f32", [0xfc, 0]],
    ["f64", [0xaa]],
    ["i32", [0xc0]],
    ["i32", [0x45]],
  ],
  i64: [
    ["i32", [0xac]],
    ["f64", [0xfc, 6]],
    ["i64", [0xc4]],
    ["i64", [0x7a]],
  ],
  f32: [
    ["i32", [0xb2]],
    ["f64", [0xb6]],
    ["f32", [0x91]],
  ],
  f64: [
    ["i64", [0xb9]],
    ["f32", [0xbb]],
    ["f64", [0x9f]],
  ],
};
export const LOADS: Readonly<Record<ValueType, readonly number[]>> = {
  i32: [0x28, 0x2c, 0x2d, 0x2e, 0x2f],
  i64: [0x29, 0x30, 0x33, 0x35],
  f32: [0x2a],
  f64: [0x2b],
};
