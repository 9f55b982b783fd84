import type { NamedMemory } from "./chunk-bulk.ts";
import type { FunctionEdits } from "./function-edits.ts";
import { FUEL_SHIFT, type Guards, type LengthRule } from "./guards.ts";
import { elementBytes, exceptionBytes, newArrayBytes, newStructBytes } from "./heap-size.ts";
import type { InstructionReader } from "./instruction-reader.ts";
import { OP } from "./opcodes.ts";
import type { SizeLimits } from "./read-limits.ts";
import type { ModuleShape } from "./read-module.ts";
import { TYPE } from "./value-types.ts";

/** What the instructions of a module are judged by. */
export interface RewriteContext {
  readonly shape: ModuleShape;
  readonly guards: Guards;
  /** The maximum that a memory or a table has once its module is hardened. */
  readonly maxOf: (limits: SizeLimits) => number;
}

// Done before an interrupt could be missed, however often, and engines have shortcuts for it.
const SHORT_BYTES = 1024;

/**
 * Guards the instruction that was read last: one that works on a range, or allocates.
 *
 * @returns the fuel that it costs besides, where that is known here.
 */
export function guardInstruction(
  code: InstructionReader,
  context: RewriteContext,
  edits: FunctionEdits,
): number {
  if (worksOnBytes(code.opcode)) {
    const bytes = code.constantBefore() ?? Number.NaN;
    if (bytes >= 0 && bytes <= SHORT_BYTES) return bytes >> FUEL_SHIFT.byte;
  }
  addGuard(code, context, edits);
  return 0;
}

function worksOnBytes(opcode: number): boolean {
  return opcode === OP.memoryFill || opcode === OP.memoryCopy || opcode === OP.memoryInit;
}

function addGuard(code: InstructionReader, context: RewriteContext, edits: FunctionEdits): void {
  const { opcode, start, at, first, second } = code;
  const { guards, shape } = context;
  const charge = (bytes: number) => edits.charge(start, guards.heap, bytes);
  const length = (rule: LengthRule) => edits.call(start, start, guards.length(rule));
  switch (opcode) {
    case OP.memoryFill:
      edits.call(start, at, guards.fill(memory(shape, first)));
      return;
    case OP.memoryCopy:
      edits.call(start, at, guards.copy(memory(shape, first), memory(shape, second)));
      return;
    case OP.memoryInit:
      length({ type: TYPE.i32, fuelShift: FUEL_SHIFT.byte });
      return;
    case OP.memoryGrow:
      length(growing(shape.memories[first], FUEL_SHIFT.page, context));
      return;
    case OP.tableGrow:
      length(growing(shape.tables[first], FUEL_SHIFT.item, context));
      return;
    case OP.tableFill:
      length({ type: address(shape.tables[first]), fuelShift: FUEL_SHIFT.item });
      return;
    case OP.tableCopy: {
      const types = [address(shape.tables[first]), address(shape.tables[second])];
      const type = types.includes(TYPE.i32) ? TYPE.i32 : TYPE.i64;
      length({ type, fuelShift: FUEL_SHIFT.item });
      return;
    }
    case OP.tableInit:
    case OP.arrayFill:
    case OP.arrayCopy:
    case OP.arrayInitData:
    case OP.arrayInitElem:
      length({ type: TYPE.i32, fuelShift: FUEL_SHIFT.item });
      return;
    case OP.arrayNew:
    case OP.arrayNewDefault:
    case OP.arrayNewData:
    case OP.arrayNewElem:
      length({
        type: TYPE.i32,
        fuelShift: FUEL_SHIFT.item,
        elementBytes: elementBytes(shape.types, first),
      });
      return;
    case OP.arrayNewFixed:
      charge(newArrayBytes(shape.types, first, second));
      return;
    case OP.structNew:
    case OP.structNewDefault:
      charge(newStructBytes(shape.types, first));
      return;
    case OP.throw:
      charge(exceptionBytes(shape.types, shape.tags[first] ?? 0));
      return;
    default:
      throw new Error(`nothing guards the opcode ${opcode}`);
  }
}

function memory(shape: ModuleShape, index: number): NamedMemory {
  return { index, address: address(shape.memories[index]) };
}

function address(limits: SizeLimits | undefined): number {
  return limits?.wide === true ? TYPE.i64 : TYPE.i32;
}

function growing(
  limits: SizeLimits | undefined,
  fuelShift: number,
  { maxOf }: RewriteContext,
): LengthRule {
  return { type: address(limits), fuelShift, most: limits === undefined ? 0 : maxOf(limits) };
}
