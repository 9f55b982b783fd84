import { HardenError } from "../harden-error.ts";
import type { InstructionReader } from "./instruction-reader.ts";
import { OP } from "./opcodes.ts";
import type { ModuleShape } from "./read-module.ts";
import { STACK_DELTA } from "./stack-effects.ts";
import { BLOCK_TYPE } from "./value-types.ts";

// Measured on V8 11.3 and 13.6: 18 ns for each value at each branch, and as much as 32 of them for the
// branch itself, and a dozen bytes. So this is about 100 ms and 60 MB; DuckDB's largest function takes a
// fifth.
const MOST = 5_000_000;
const BRANCH = 32;

const NO_STEP = 0;
const STEP = {
  opens: 1,
  separates: 2,
  catches: 3,
  closes: 4,
  leaves: 5,
  branches: 6,
  calls: 7,
  makes: 8,
} as const;
const STEPS = new Uint8Array(STACK_DELTA.length);
const set = (step: number, ...opcodes: readonly number[]) => {
  for (const opcode of opcodes) STEPS[opcode] = step;
};
set(STEP.opens, OP.block, OP.loop, OP.if, OP.try, OP.tryTable);
set(STEP.separates, OP.else, OP.catchAll);
set(STEP.catches, OP.catch);
set(STEP.closes, OP.end, OP.delegate);
set(STEP.leaves, OP.unreachable, OP.br, OP.brTable, OP.return, OP.throw, OP.rethrow, OP.throwRef);
set(STEP.leaves, OP.returnCall, OP.returnCallIndirect, OP.returnCallRef);
set(STEP.branches, OP.brIf, OP.brOnNull, OP.brOnNonNull, OP.brOnCast, OP.brOnCastFail);
set(STEP.calls, OP.call, OP.callIndirect, OP.callRef);
set(STEP.makes, OP.structNew, OP.arrayNewFixed);

/**
 * What a function costs the engine before its first instruction runs. V8 compiles it at its first call,
 * on the thread that calls, cannot be interrupted in that, and keeps the state of every local variable
 * and of every value on the stack for every branch.
 */
export class CompileCost {
  readonly #shape: ModuleShape;
  // For each open block, how high the stack is below its parameters, how many those are, and how high
  // it is behind the block.
  readonly #bases: number[] = [];
  readonly #parameters: number[] = [];
  readonly #ends: number[] = [];
  #depth = 0;
  #base = 0;
  #height = 0;
  #locals = 0;
  #cost = 0;

  constructor(shape: ModuleShape) {
    this.#shape = shape;
  }

  /** @param declared local variables besides the parameters. */
  begin(functionIndex: number, declared: number): void {
    this.#depth = 0;
    this.#base = 0;
    this.#height = 0;
    this.#cost = 0;
    this.#locals = declared + this.#taken(this.#shape.functions[functionIndex] ?? 0);
  }

  /** @throws HardenError `OVER_LIMIT` where compiling the function would hold a thread for too long. */
  add(code: InstructionReader): void {
    const { opcode } = code;
    this.#height += STACK_DELTA[opcode] ?? 0;
    const step = STEPS[opcode];
    if (step !== NO_STEP) this.#take(step, code);
    else if (this.#height < this.#base) this.#height = this.#base;
  }

  #take(step: number | undefined, code: InstructionReader): void {
    const { opcode, first, second } = code;
    switch (step) {
      case STEP.opens:
        this.#open(first);
        break;
      case STEP.separates:
        this.#restart(opcode === OP.else ? (this.#parameters[this.#depth - 1] ?? 0) : 0);
        break;
      case STEP.catches:
        this.#restart(this.#taken(this.#shape.tags[first] ?? 0));
        break;
      case STEP.closes:
        this.#close();
        return;
      case STEP.leaves:
        this.#branch(opcode === OP.brTable ? first : 1, code);
        this.#height = this.#base;
        return;
      case STEP.calls:
        this.#call(opcode === OP.call ? (this.#shape.functions[first] ?? 0) : first);
        return;
      case STEP.makes:
        this.#height += 1 - (opcode === OP.structNew ? this.#fields(first) : second);
        return;
    }
    this.#branch(1, code);
  }

  #open(blockType: number): void {
    const parameters = blockType < 0 ? 0 : this.#taken(blockType);
    const results =
      blockType < 0 ? Number(blockType === BLOCK_TYPE.oneValue) : this.#given(blockType);
    this.#height = Math.max(this.#height, this.#base + parameters);
    this.#bases[this.#depth] = this.#base;
    this.#parameters[this.#depth] = parameters;
    this.#base = this.#height - parameters;
    this.#ends[this.#depth++] = this.#base + results;
  }

  #restart(values: number): void {
    this.#height = this.#base + values;
  }

  #close(): void {
    if (this.#depth === 0) return;
    this.#depth--;
    this.#base = this.#bases[this.#depth] ?? 0;
    this.#height = this.#ends[this.#depth] ?? 0;
  }

  #call(type: number): void {
    this.#height = Math.max(this.#height - this.#taken(type), this.#base) + this.#given(type);
  }

  #branch(labels: number, code: InstructionReader): void {
    this.#cost += labels * (this.#locals + this.#height + BRANCH);
    if (this.#cost <= MOST) return;
    throw new HardenError(
      "OVER_LIMIT",
      `function ${code.functionIndex} has so many branches, with up to ${this.#locals + this.#height} values at each, that compiling it would hold its thread`,
    );
  }

  #taken(type: number): number {
    const shape = this.#shape.types[type];
    return shape?.form === "function" ? shape.parameters : 0;
  }

  #given(type: number): number {
    const shape = this.#shape.types[type];
    return shape?.form === "function" ? shape.results : 0;
  }

  #fields(type: number): number {
    const shape = this.#shape.types[type];
    return shape?.form === "struct" ? shape.fields : 0;
  }
}
