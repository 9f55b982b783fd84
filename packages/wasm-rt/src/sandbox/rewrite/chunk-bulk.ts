import type { AddedFunction } from "./additions.ts";
import { asI64, block, bulk, constOf, i64Const, indexed, loop, when } from "./assemble.ts";
import { OP } from "./opcodes.ts";
import { TYPE } from "./value-types.ts";

/** A memory as an instruction names it. */
export interface NamedMemory {
  readonly index: number;
  /** The type of its addresses. */
  readonly address: number;
}

/** What a chunk may take until the engine can interrupt the guest again. */
const CHUNK_BYTES = 2 ** 20;
const PAGE_BITS = 16;

/**
 * `memory.fill` in chunks, with the same parameters.
 *
 * @param before code that runs first.
 * @param pause a call in front of every chunk, where the engine looks for interrupts.
 */
export function chunkedFill(
  memory: NamedMemory,
  before: readonly number[],
  pause: readonly number[],
): AddedFunction {
  const { index, address: type } = memory;
  const [to, value, length, size] = [0, 1, 2, 3];
  const large = [
    ...leaveUnless(memory, to, length, type, size),
    ...loop(
      [...pause],
      [...get(to), ...get(value), ...chunk(type), ...bulk(OP.memoryFill, index)],
      [...advance(type, to), ...shorten(type, length)],
      again(type, length),
    ),
  ];
  return {
    parameters: [type, TYPE.i32, type],
    results: [],
    i64Locals: 1,
    code: [
      ...before,
      ...block(leaveIfShort(type, length), large),
      ...get(to),
      ...get(value),
      ...get(length),
      ...bulk(OP.memoryFill, index),
    ],
  };
}

/** The type of a length between two memories is the smaller one of their addresses. */
export function copiedLength(target: NamedMemory, source: NamedMemory): number {
  return target.address === source.address ? target.address : TYPE.i32;
}

/** `memory.copy` in chunks, from the end where the target overlaps the source from above. */
export function chunkedCopy(
  target: NamedMemory,
  source: NamedMemory,
  before: readonly number[],
  pause: readonly number[],
): AddedFunction {
  const [to, from, length, size] = [0, 1, 2, 3];
  const type = copiedLength(target, source);
  const copy = bulk(OP.memoryCopy, target.index, source.index);
  const behind = ({ address }: NamedMemory, local: number) => [
    ...get(local),
    ...get(length),
    ...(address === type ? [] : [OP.i64ExtendI32U]),
    address === TYPE.i64 ? OP.i64Add : OP.i32Add,
  ];
  const fromEnd = loop(
    [...pause],
    shorten(type, length),
    [...behind(target, to), ...behind(source, from), ...chunk(type), ...copy],
    again(type, length),
  );
  // Out of the block that starts above the `if`.
  const overlapping = [
    ...get(to),
    ...get(from),
    type === TYPE.i64 ? OP.i64GtU : OP.i32GtU,
    ...when(fromEnd, indexed(OP.br, 1)),
  ];
  const fromStart = loop(
    [...pause],
    [...get(to), ...get(from), ...chunk(type), ...copy],
    [...advance(target.address, to), ...advance(source.address, from), ...shorten(type, length)],
    again(type, length),
  );
  return {
    parameters: [target.address, source.address, type],
    results: [],
    i64Locals: 1,
    code: [
      ...before,
      ...block(
        leaveIfShort(type, length),
        leaveUnless(target, to, length, type, size),
        leaveUnless(source, from, length, type, size),
        target.index === source.index ? overlapping : [],
        fromStart,
      ),
      ...get(to),
      ...get(from),
      ...get(length),
      ...copy,
    ],
  };
}

const get = (local: number): number[] => indexed(OP.localGet, local);
const chunk = (type: number): number[] => constOf(type, CHUNK_BYTES);

/** Leaves the block where one instruction does it. */
function leaveIfShort(type: number, length: number): number[] {
  const lessOrEqual = type === TYPE.i64 ? OP.i64LeU : OP.i32LeU;
  return [...get(length), ...chunk(type), lessOrEqual, ...indexed(OP.brIf, 0)];
}

/** Leaves the block unless the range is in bounds, so that the instruction itself traps. */
function leaveUnless(
  { index, address }: NamedMemory,
  start: number,
  length: number,
  lengthType: number,
  size: number,
): number[] {
  const length64 = [...get(length), ...asI64(lengthType)];
  return [
    ...indexed(OP.memorySize, index),
    ...asI64(address),
    ...i64Const(PAGE_BITS),
    OP.i64Shl,
    ...indexed(OP.localSet, size),
    ...[...length64, ...get(size), OP.i64GtU, ...indexed(OP.brIf, 0)],
    ...[...get(start), ...asI64(address), ...get(size), ...length64, OP.i64Sub, OP.i64GtU],
    ...indexed(OP.brIf, 0),
  ];
}

function advance(type: number, local: number): number[] {
  const add = type === TYPE.i64 ? OP.i64Add : OP.i32Add;
  return [...get(local), ...chunk(type), add, ...indexed(OP.localSet, local)];
}

function shorten(type: number, length: number): number[] {
  const subtract = type === TYPE.i64 ? OP.i64Sub : OP.i32Sub;
  return [...get(length), ...chunk(type), subtract, ...indexed(OP.localSet, length)];
}

/** Repeats the loop while one instruction does not do the rest. */
function again(type: number, length: number): number[] {
  const greater = type === TYPE.i64 ? OP.i64GtU : OP.i32GtU;
  return [...get(length), ...chunk(type), greater, ...indexed(OP.brIf, 0)];
}
