/**
 * What stands behind an opcode. The numbers are cases of a switch that runs for every instruction.
 */
export const IMMEDIATE = {
  unknown: 0,
  none: 1,
  /** One integer in LEB128, of any type. */
  integer: 2,
  /** Two of them. */
  integers: 3,
  memory: 4,
  memoryAndLane: 5,
  blockType: 6,
  labels: 7,
  valueTypes: 8,
  heapType: 9,
  catches: 10,
  casts: 11,
  byte: 12,
  bytes4: 13,
  bytes8: 14,
  bytes16: 15,
} as const;

/**
 * Opcodes that have a prefix count from here: `FIRST_OF_PREFIX + opcode` for 0xfb, and so on. The
 * opcodes of vectors need twice the room.
 */
export const PREFIXES: Readonly<Record<number, { readonly base: number; readonly size: number }>> =
  {
    251: { base: 0x100, size: 0x100 },
    252: { base: 0x200, size: 0x100 },
    253: { base: 0x300, size: 0x200 },
    254: { base: 0x500, size: 0x100 },
  };
const GC = 0x100;
/** Where `memory.fill` and its like are; their prefix is 0xfc. */
export const FIRST_OF_BULK = 0x200;
const MISC = FIRST_OF_BULK;
const SIMD = 0x300;
const ATOMIC = 0x500;
export const OPCODES = 0x600;

/** The opcodes that are more than their length to somebody here. */
export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  try: 0x06,
  catch: 0x07,
  throw: 0x08,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  rethrow: 0x09,
  throwRef: 0x0a,
  brTable: 0x0e,
  return: 0x0f,
  callIndirect: 0x11,
  returnCall: 0x12,
  returnCallIndirect: 0x13,
  callRef: 0x14,
  returnCallRef: 0x15,
  delegate: 0x18,
  catchAll: 0x19,
  select: 0x1b,
  tryTable: 0x1f,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  i32LeU: 0x4d,
  i32GtU: 0x4b,
  i64LtS: 0x53,
  i64LeU: 0x58,
  i64GtU: 0x56,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64Shl: 0x86,
  i64ShrU: 0x88,
  i64ExtendI32U: 0xad,
  brOnNull: 0xd5,
  brOnNonNull: 0xd6,
  structNew: 0x100,
  structNewDefault: 0x101,
  arrayNew: 0x106,
  arrayNewDefault: 0x107,
  arrayNewFixed: 0x108,
  arrayNewData: 0x109,
  arrayNewElem: 0x10a,
  brOnCast: 0x118,
  brOnCastFail: 0x119,
  arrayFill: 0x110,
  arrayCopy: 0x111,
  arrayInitData: 0x112,
  arrayInitElem: 0x113,
  memoryInit: 0x208,
  memoryCopy: 0x20a,
  memoryFill: 0x20b,
  tableInit: 0x20c,
  tableCopy: 0x20e,
  tableGrow: 0x20f,
  tableFill: 0x211,
} as const;

type Range = readonly [first: number, last: number, immediate: number];

const { none, integer, integers, memory, memoryAndLane, heapType } = IMMEDIATE;

// WebAssembly core specification 3.0, "Index of Instructions", and the opcodes of proposals that
// engines have had for long: legacy exceptions (0x06, 0x07, 0x09, 0x18, 0x19) and threads (0xfe).
const RANGES: readonly Range[] = [
  [0x00, 0x01, none], // unreachable, nop
  [0x02, 0x04, IMMEDIATE.blockType], // block, loop, if
  [0x05, 0x05, none], // else
  [0x06, 0x06, IMMEDIATE.blockType], // try
  [0x07, 0x09, integer], // catch, throw, rethrow
  [0x0a, 0x0b, none], // throw_ref, end
  [0x0c, 0x0d, integer], // br, br_if
  [0x0e, 0x0e, IMMEDIATE.labels], // br_table
  [0x0f, 0x0f, none], // return
  [0x10, 0x10, integer], // call
  [0x11, 0x11, integers], // call_indirect
  [0x12, 0x12, integer], // return_call
  [0x13, 0x13, integers], // return_call_indirect
  [0x14, 0x15, integer], // call_ref, return_call_ref
  [0x18, 0x18, integer], // delegate
  [0x19, 0x1b, none], // catch_all, drop, select
  [0x1c, 0x1c, IMMEDIATE.valueTypes], // select with types
  [0x1f, 0x1f, IMMEDIATE.catches], // try_table
  [0x20, 0x26, integer], // local.*, global.*, table.get, table.set
  [0x28, 0x3e, memory], // loads and stores
  [0x3f, 0x40, integer], // memory.size, memory.grow
  [0x41, 0x42, integer], // i32.const, i64.const
  [0x43, 0x43, IMMEDIATE.bytes4], // f32.const
  [0x44, 0x44, IMMEDIATE.bytes8], // f64.const
  [0x45, 0xc4, none], // numeric instructions
  [0xd0, 0xd0, heapType], // ref.null
  [0xd1, 0xd1, none], // ref.is_null
  [0xd2, 0xd2, integer], // ref.func
  [0xd3, 0xd4, none], // ref.eq, ref.as_non_null
  [0xd5, 0xd6, integer], // br_on_null, br_on_non_null
  [GC + 0x00, GC + 0x01, integer], // struct.new*
  [GC + 0x02, GC + 0x05, integers], // struct.get*, struct.set
  [GC + 0x06, GC + 0x07, integer], // array.new, array.new_default
  [GC + 0x08, GC + 0x0a, integers], // array.new_fixed, array.new_data, array.new_elem
  [GC + 0x0b, GC + 0x0e, integer], // array.get*, array.set
  [GC + 0x0f, GC + 0x0f, none], // array.len
  [GC + 0x10, GC + 0x10, integer], // array.fill
  [GC + 0x11, GC + 0x13, integers], // array.copy, array.init_*
  [GC + 0x14, GC + 0x17, heapType], // ref.test, ref.cast
  [GC + 0x18, GC + 0x19, IMMEDIATE.casts], // br_on_cast, br_on_cast_fail
  [GC + 0x1a, GC + 0x1e, none], // any.convert_extern … i31.get_u
  [MISC + 0x00, MISC + 0x07, none], // trunc_sat
  [MISC + 0x08, MISC + 0x08, integers], // memory.init
  [MISC + 0x09, MISC + 0x09, integer], // data.drop
  [MISC + 0x0a, MISC + 0x0a, integers], // memory.copy
  [MISC + 0x0b, MISC + 0x0b, integer], // memory.fill
  [MISC + 0x0c, MISC + 0x0c, integers], // table.init
  [MISC + 0x0d, MISC + 0x0d, integer], // elem.drop
  [MISC + 0x0e, MISC + 0x0e, integers], // table.copy
  [MISC + 0x0f, MISC + 0x11, integer], // table.grow, table.size, table.fill
  [SIMD + 0x00, SIMD + 0x0b, memory], // v128.load*, v128.store
  [SIMD + 0x0c, SIMD + 0x0d, IMMEDIATE.bytes16], // v128.const, i8x16.shuffle
  [SIMD + 0x0e, SIMD + 0x14, none], // swizzle, splat
  [SIMD + 0x15, SIMD + 0x22, IMMEDIATE.byte], // extract_lane, replace_lane
  [SIMD + 0x23, SIMD + 0x53, none], // comparisons, v128.not … v128.any_true
  [SIMD + 0x54, SIMD + 0x5b, memoryAndLane], // v128.load*_lane, v128.store*_lane
  [SIMD + 0x5c, SIMD + 0x5d, memory], // v128.load32_zero, v128.load64_zero
  [SIMD + 0x5e, SIMD + 0x99, none],
  [SIMD + 0x9b, SIMD + 0xa1, none],
  [SIMD + 0xa3, SIMD + 0xa4, none],
  [SIMD + 0xa7, SIMD + 0xae, none],
  [SIMD + 0xb1, SIMD + 0xb1, none],
  [SIMD + 0xb5, SIMD + 0xba, none],
  [SIMD + 0xbc, SIMD + 0xc1, none],
  [SIMD + 0xc3, SIMD + 0xc4, none],
  [SIMD + 0xc7, SIMD + 0xce, none],
  [SIMD + 0xd1, SIMD + 0xd1, none],
  [SIMD + 0xd5, SIMD + 0xe1, none],
  [SIMD + 0xe3, SIMD + 0xed, none],
  [SIMD + 0xef, SIMD + 0xff, none],
  [SIMD + 0x100, SIMD + 0x113, none], // relaxed
  [ATOMIC + 0x00, ATOMIC + 0x02, memory], // notify, wait
  [ATOMIC + 0x03, ATOMIC + 0x03, IMMEDIATE.byte], // fence
  [ATOMIC + 0x10, ATOMIC + 0x4e, memory], // loads, stores, read-modify-write
];

/** What stands behind every opcode. */
export const IMMEDIATES: Uint8Array = new Uint8Array(OPCODES);
for (const [first, last, immediate] of RANGES) IMMEDIATES.fill(immediate, first, last + 1);
