import type { Transform } from "assemblyscript/asc";
import binaryen from "assemblyscript/binaryen";
import type { ModulePass } from "../guest-abi.ts";

/** What a pass threw, apart from what the compiler reports itself. */
export class PassError extends Error {}

/** A pass as the compiler takes one. */
export function transformOf(pass: ModulePass): Transform {
  // The rest of the class is what the compiler would add to it, had it made the object.
  return {
    afterCompile: (module: binaryen.Module) => {
      try {
        pass(module, binaryen);
      } catch (cause) {
        throw new PassError(cause instanceof Error ? cause.message : String(cause), { cause });
      }
    },
  } as Transform;
}
