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
  for (code.next(); code.opcode !== OP.end; code.next()) bytes += allocated(code, types);
  return bytes;
}

function allocated(code: InstructionReader, types: readonly TypeShape[]): number {
  const { opcode, first, second } = code;
  switch (opcode) {
    case OP.structNew:
    case OP.structNewDefault:
      return newStructBytes(types, first);
    case OP.arrayNewFixed:
      return newArrayBytes(types, first, second);
    case OP.arrayNew:
    case OP.arrayNewDefault: {
      const length = code.constantBefore();
      if (length === undefined) {
        throw unknownFeature("a constant expression that computes the length of an array");
      }
      // Lengths are unsigned, and constants are signed.
      return newArrayBytes(types, first, length >>> 0);
    }
    default:
      return 0;
  }
}
