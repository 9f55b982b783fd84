import { signedLeb128, unsignedLeb128 } from "../binary-reader.ts";
import { FIRST_OF_BULK, OP } from "./opcodes.ts";
import { TYPE } from "./value-types.ts";

// WebAssembly core specification 3.0, "Control Instructions" and the prefix of bulk instructions.
const NO_RESULT = 0x40;
const BULK_PREFIX = 0xfc;

const i32Const = (value: number): number[] => [OP.i32Const, ...signedLeb128(value)];
export const i64Const = (value: number): number[] => [OP.i64Const, ...signedLeb128(value)];
export const constOf = (type: number, value: number): number[] =>
  type === TYPE.i64 ? i64Const(value) : i32Const(value);

/** An instruction whose immediates are indices. */
export function indexed(opcode: number, ...indices: number[]): number[] {
  return [opcode, ...indices.flatMap(unsignedLeb128)];
}

/** memory.fill or memory.copy. */
export function bulk(opcode: number, ...memories: number[]): number[] {
  return [BULK_PREFIX, opcode - FIRST_OF_BULK, ...memories.flatMap(unsignedLeb128)];
}

export const block = (...code: number[][]): number[] => nested(OP.block, code);
export const loop = (...code: number[][]): number[] => nested(OP.loop, code);
/** Takes a condition from the stack. */
export const when = (...code: number[][]): number[] => nested(OP.if, code);

function nested(opcode: number, code: readonly number[][]): number[] {
  return [opcode, NO_RESULT, ...code.flat(), OP.end];
}

/** A value of type i32 or i64 on the stack, as an i64; the i32 is unsigned. */
export const asI64 = (type: number): number[] => (type === TYPE.i64 ? [] : [OP.i64ExtendI32U]);

/**
 * Takes the cost from what is left in a global, and traps below zero. Nothing that a guest catches
 * catches that.
 *
 * @param cost code that leaves an i64 on the stack.
 */
export function spend(global: number, cost: readonly number[]): number[] {
  return [
    ...indexed(OP.globalGet, global),
    ...cost,
    OP.i64Sub,
    ...indexed(OP.globalSet, global),
    ...indexed(OP.globalGet, global),
    ...i64Const(0),
    OP.i64LtS,
    ...when([OP.unreachable]),
  ];
}
