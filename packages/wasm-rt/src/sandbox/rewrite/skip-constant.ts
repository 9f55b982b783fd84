import { unknownFeature } from "../harden-error.ts";
import { newArrayBytes, newStructBytes } from "./heap-size.ts";
import type { InstructionReader } from "./instruction-reader.ts";
import { OP } from "./opcodes.ts";
import type { TypeShape } from "./read-types.ts";

/**
 * Skips a constant expression, and gives the bytes that it allocates on the engine's heap. It runs
 * while the module is instantiated, where no code of ours can count.
 */
export function skipConstant(code: InstructionReader, types: readonly TypeShape[]): number {
  code.functionIndex = undefined;
  let bytes = 0;
  let constant: number | undefined;
  for (code.next(); code.opcode !== OP.end; code.next()) {
    bytes += allocated(code, types, constant);
    constant = code.opcode === OP.i32Const ? unsignedOf(code) : undefined;
  }
  return bytes;
}

function allocated(
  { opcode, first, second }: InstructionReader,
  types: readonly TypeShape[],
  constant: number | undefined,
): number {
  switch (opcode) {
    case OP.structNew:
    case OP.structNewDefault:
      return newStructBytes(types, first);
    case OP.arrayNewFixed:
      return newArrayBytes(types, first, second);
    case OP.arrayNew:
    case OP.arrayNewDefault:
      if (constant === undefined) {
        throw unknownFeature("a constant expression that computes the length of an array");
      }
      return newArrayBytes(types, first, constant);
    default:
      return 0;
  }
}

/** The immediate of i32.const, which is signed, as the length that it stands for. */
function unsignedOf(code: InstructionReader): number {
  // A signed LEB128 that is read as an unsigned one lacks only the bits beyond its last byte.
  const bits = 7 * (code.at - code.start - 1);
  const negative = code.first >= 2 ** (bits - 1);
  return (negative ? code.first - 2 ** bits : code.first) >>> 0;
}
