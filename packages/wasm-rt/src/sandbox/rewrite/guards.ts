import { RESERVED_EXPORTS } from "../budgets.ts";
import { HardenError } from "../harden-error.ts";
import type { HardenLimits } from "../harden-limits.ts";
import type { Additions } from "./additions.ts";
import { asI64, i64Const, indexed, spend } from "./assemble.ts";
import { chunkedCopy, chunkedFill, copiedLength, type NamedMemory } from "./chunk-bulk.ts";
import { ARRAY_BYTES } from "./heap-size.ts";
import { OP } from "./opcodes.ts";
import type { ModuleShape } from "./read-module.ts";
import { TYPE } from "./value-types.ts";

/** What an instruction costs whose length is on the stack. */
export interface LengthRule {
  /** The type of the length. */
  readonly type: number;
  /** Items for one unit of fuel, as a power of two; negative where one item costs more. */
  readonly fuelShift: number;
  /** Lengths above cost nothing, since the instruction only fails. */
  readonly most?: number;
  /** Where it makes an array, what an element takes of the engine's heap. */
  readonly elementBytes?: number;
}

/** A byte of memory costs an eighth, as a word costs one; an element one; a page 64. */
export const FUEL_SHIFT = { byte: 3, item: 0, page: -6 } as const;
// So that no sum of lengths turns a budget around, however often a host calls what has trapped.
const LARGEST_LENGTH = 2 ** 40;

/**
 * The functions that guard instructions of a module, made when they are first needed.
 *
 * V8 looks for interrupts where a function starts, and not in a bulk operation; nor, in code that it
 * has not optimised, at the end of a loop whose body is short. So there is a call in front of each.
 */
export class Guards {
  /** Takes as much fuel as its i32 says; undefined where nothing is metered. */
  readonly fuel: number | undefined;
  readonly #additions: Additions;
  readonly #heapBytes: number;
  readonly #fuelGlobal: number | undefined;
  #heapGlobal: number | undefined;
  readonly #functions = new Map<string, number>();

  constructor(additions: Additions, { constantHeapBytes }: ModuleShape, limits: HardenLimits) {
    this.#additions = additions;
    this.#heapBytes = limits.heapBytes - constantHeapBytes;
    if (this.#heapBytes < 0) {
      throw new HardenError(
        "OVER_LIMIT",
        `the module starts with ${constantHeapBytes} bytes on the engine's heap, and the limit is ${limits.heapBytes}`,
      );
    }
    if (limits.fuel === undefined) return;
    this.#fuelGlobal = additions.addGlobal(RESERVED_EXPORTS.fuel, limits.fuel);
    this.fuel = this.#charge(this.#fuelGlobal);
  }

  /** Takes as many bytes of the engine's heap as its i32 says. */
  get heap(): number {
    return this.#once("heap", () => this.#charge(this.#heap()));
  }

  /** Passes a length on, and takes what it costs. */
  length(rule: LengthRule): number {
    const { type, elementBytes } = rule;
    return this.#once(`length ${Object.values(rule)}`, () => {
      const bytes =
        elementBytes === undefined
          ? []
          : spend(this.#heap(), [
              ...[...lengthOf(0, type), ...i64Const(elementBytes), OP.i64Mul],
              ...[...i64Const(ARRAY_BYTES), OP.i64Add],
            ]);
      const code = [...this.#fuelFor(0, rule), ...bytes, ...indexed(OP.localGet, 0)];
      return this.#additions.addFunction({ parameters: [type], results: [type], code });
    });
  }

  /** In place of `memory.fill`. */
  fill(memory: NamedMemory): number {
    return this.#once(`fill ${memory.index}`, () => {
      const fuel = this.#fuelFor(2, { type: memory.address, fuelShift: FUEL_SHIFT.byte });
      return this.#additions.addFunction(chunkedFill(memory, fuel, this.#pause()));
    });
  }

  /** In place of `memory.copy`. */
  copy(target: NamedMemory, source: NamedMemory): number {
    return this.#once(`copy ${target.index} ${source.index}`, () => {
      const type = copiedLength(target, source);
      const fuel = this.#fuelFor(2, { type, fuelShift: FUEL_SHIFT.byte });
      return this.#additions.addFunction(chunkedCopy(target, source, fuel, this.#pause()));
    });
  }

  #pause(): number[] {
    const index = this.#once("pause", () =>
      this.#additions.addFunction({ parameters: [], results: [], code: [] }),
    );
    return indexed(OP.call, index);
  }

  #charge(global: number): number {
    const code = spend(global, lengthOf(0, TYPE.i32));
    return this.#additions.addFunction({ parameters: [TYPE.i32], results: [], code });
  }

  #heap(): number {
    this.#heapGlobal ??= this.#additions.addGlobal(RESERVED_EXPORTS.heap, this.#heapBytes);
    return this.#heapGlobal;
  }

  /** Takes the fuel for a length that is in a local variable. */
  #fuelFor(local: number, { type, fuelShift, most }: LengthRule): number[] {
    if (this.#fuelGlobal === undefined) return [];
    const length = lengthOf(local, type);
    const shift = fuelShift < 0 ? OP.i64Shl : OP.i64ShrU;
    return spend(this.#fuelGlobal, [
      ...length,
      ...i64Const(most === undefined ? LARGEST_LENGTH : 0),
      ...length,
      ...i64Const(Math.min(most ?? LARGEST_LENGTH, LARGEST_LENGTH)),
      OP.i64LeU,
      OP.select,
      ...[...i64Const(Math.abs(fuelShift)), shift],
    ]);
  }

  #once(key: string, make: () => number): number {
    const known = this.#functions.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#functions.set(key, made);
    return made;
  }
}

/** A length in a local variable, as an i64. */
function lengthOf(local: number, type: number): number[] {
  return [...indexed(OP.localGet, local), ...asI64(type)];
}
