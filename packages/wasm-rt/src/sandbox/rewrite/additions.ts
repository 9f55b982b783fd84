import { signedLeb128, unsignedLeb128 } from "../binary-reader.ts";
import { OP } from "./opcodes.ts";
import type { ModuleShape } from "./read-module.ts";
import { FUNCTION_TYPE } from "./read-types.ts";
import { TYPE } from "./value-types.ts";

const MUTABLE = 1;
const FUNCTION_EXPORT = 0;
const GLOBAL_EXPORT = 3;

/** A function that is added to a module. */
export interface AddedFunction {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
  /** Variables of type i64 beside the parameters. */
  readonly i64Locals?: number;
  /** The instructions, without the last `end`. */
  readonly code: readonly number[];
}

/** What is appended to the sections of a module. It stands behind what is there, so no index changes. */
export class Additions {
  readonly types: number[][] = [];
  /** The types of the functions. */
  readonly functions: number[][] = [];
  readonly bodies: number[][] = [];
  readonly globals: number[][] = [];
  readonly exports: number[][] = [];
  readonly #shape: ModuleShape;
  readonly #typeIndices = new Map<string, number>();

  constructor(shape: ModuleShape) {
    this.#shape = shape;
  }

  /** Appends a function, and gives its index. */
  addFunction({ parameters, results, i64Locals = 0, code }: AddedFunction): number {
    const locals = i64Locals === 0 ? [0] : [1, i64Locals, TYPE.i64];
    const body = [...locals, ...code, OP.end];
    this.functions.push(unsignedLeb128(this.#typeIndex(parameters, results)));
    this.bodies.push(vector(body));
    return this.#shape.functions.length + this.functions.length - 1;
  }

  /** Appends a variable of type i64 that is exported, and gives its index. */
  addGlobal(name: string, value: number): number {
    const index = this.#shape.globals + this.globals.length;
    this.globals.push([TYPE.i64, MUTABLE, OP.i64Const, ...signedLeb128(value), OP.end]);
    this.#addExport(name, GLOBAL_EXPORT, index);
    return index;
  }

  addFunctionExport(name: string, index: number): void {
    this.#addExport(name, FUNCTION_EXPORT, index);
  }

  #addExport(name: string, kind: number, index: number): void {
    const text = [...new TextEncoder().encode(name)];
    this.exports.push([...vector(text), kind, ...unsignedLeb128(index)]);
  }

  #typeIndex(parameters: readonly number[], results: readonly number[]): number {
    const key = `${parameters} ${results}`;
    const known = this.#typeIndices.get(key);
    if (known !== undefined) return known;
    const index = this.#shape.types.length + this.types.length;
    this.types.push([FUNCTION_TYPE, ...vector(parameters), ...vector(results)]);
    this.#typeIndices.set(key, index);
    return index;
  }
}

/** Bytes with their number in front. */
function vector(bytes: readonly number[]): number[] {
  return [...unsignedLeb128(bytes.length), ...bytes];
}
