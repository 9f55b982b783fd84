import { CompileCost } from "./compile-cost.ts";
import type { FunctionEdits } from "./function-edits.ts";
import { guardInstruction, type RewriteContext } from "./guard-instruction.ts";
import type { InstructionReader } from "./instruction-reader.ts";
import { IMMEDIATES, OP } from "./opcodes.ts";
import { readValueType } from "./value-types.ts";

// What an instruction means for the nesting of loops, and whether it is guarded.
const EFFECT = { none: 0, opens: 1, loops: 2, closes: 3, separates: 4, guarded: 5 } as const;
const EFFECTS = new Uint8Array(IMMEDIATES.length);
const GUARDED = [
  [OP.throw, OP.memoryGrow, OP.structNew, OP.structNewDefault, OP.arrayNew, OP.arrayNewDefault],
  [OP.arrayNewFixed, OP.arrayNewData, OP.arrayNewElem, OP.arrayFill, OP.arrayCopy],
  [OP.arrayInitData, OP.arrayInitElem, OP.memoryInit, OP.memoryCopy, OP.memoryFill],
  [OP.tableInit, OP.tableCopy, OP.tableGrow, OP.tableFill],
].flat();
for (const opcode of [OP.block, OP.if, OP.try, OP.tryTable]) EFFECTS[opcode] = EFFECT.opens;
for (const opcode of [OP.end, OP.delegate]) EFFECTS[opcode] = EFFECT.closes;
for (const opcode of [OP.else, OP.catch, OP.catchAll]) EFFECTS[opcode] = EFFECT.separates;
for (const opcode of GUARDED) EFFECTS[opcode] = EFFECT.guarded;
EFFECTS[OP.loop] = EFFECT.loops;

const NO_LOOP = -1;

/** Finds out what has to be changed in functions, one after the other. */
export class FunctionScan {
  readonly edits: FunctionEdits;
  readonly #code: InstructionReader;
  readonly #context: RewriteContext;
  readonly #cost: CompileCost;
  // For each open block, what the charge around it amounts to so far and which edit it is, where the
  // block is a loop, and NO_LOOP otherwise.
  readonly #costs: number[] = [];
  readonly #charges: number[] = [];

  constructor(code: InstructionReader, context: RewriteContext, edits: FunctionEdits) {
    this.#code = code;
    this.#context = context;
    this.#cost = new CompileCost(context.shape);
    this.edits = edits;
  }

  /** Scans the function whose locals the reader is at; it ends at `end`. */
  scan(functionIndex: number, end: number): void {
    const code = this.#code;
    code.functionIndex = functionIndex;
    this.edits.clear();
    let locals = 0;
    for (let groups = code.unsigned(); groups > 0; groups--) {
      locals += code.unsigned();
      readValueType(code);
    }
    this.#cost.begin(functionIndex, locals);
    const { fuel } = this.#context.guards;
    if (fuel === undefined) this.#scanUnmetered(end);
    else this.#scanMetered(end, fuel);
  }

  #scanUnmetered(end: number): void {
    const code = this.#code;
    while (code.at < end) {
      code.next();
      this.#cost.add(code);
      if (EFFECTS[code.opcode] === EFFECT.guarded) {
        guardInstruction(code, this.#context, this.edits);
      }
    }
  }

  /**
   * Charges a function at its start for every instruction outside of its loops, and a loop at the
   * start of each turn for every instruction in it that is in no loop within. What only separates or
   * ends blocks costs nothing.
   */
  #scanMetered(end: number, fuel: number): void {
    const code = this.#code;
    const { edits } = this;
    let depth = 0;
    let cost = 0;
    let charge = edits.charge(code.at, fuel, 0);
    while (code.at < end) {
      code.next();
      this.#cost.add(code);
      cost++;
      switch (EFFECTS[code.opcode]) {
        case EFFECT.none:
          break;
        case EFFECT.opens:
          this.#costs[depth++] = NO_LOOP;
          break;
        case EFFECT.loops:
          this.#costs[depth] = cost;
          this.#charges[depth++] = charge;
          cost = 0;
          charge = edits.charge(code.at, fuel, 0);
          break;
        case EFFECT.separates:
          cost--;
          break;
        case EFFECT.closes: {
          cost--;
          const outer = this.#costs[--depth] ?? NO_LOOP;
          if (outer === NO_LOOP) break;
          edits.amend(charge, cost);
          cost = outer;
          charge = this.#charges[depth] ?? 0;
          break;
        }
        default:
          cost += guardInstruction(code, this.#context, edits);
      }
    }
    edits.amend(charge, cost);
  }
}
