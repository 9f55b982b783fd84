import { functionType, type ModuleParts } from "./module-of.ts";

const END = 0x0b;

/** What samples refer to; the bodies of its two functions are missing. */
export const SAMPLE_MODULE: ModuleParts = {
  types: [functionType([], [])],
  functions: [0, 0],
  tables: [[0x70, 0, 1]],
  memories: [[1, 1, 2]],
  tags: [[0, 0]],
  globals: [[0x7f, 1, 0x41, 0, END]],
  // A declared function, so that ref.func may name it, and a passive segment of one function.
  elements: [
    [1, 0, 1, 0],
    [3, 0, 1, 0],
  ],
  dataCount: 1,
  data: [[1, 1, 0]],
};

/** An instruction that is valid behind `unreachable` in the module of the test. */
export interface Sample {
  readonly name: string;
  /** Opcode and immediates. Where it opens a block, what closes it follows in `rest`. */
  readonly bytes: readonly number[];
  readonly rest?: readonly number[];
  /** What stands in front of it, where it cannot stand alone. */
  readonly before?: readonly number[];
  /** Whether it needs the module with types of the GC proposal. */
  readonly gc?: boolean;
}

/** Instructions with consecutive opcodes and the same immediates. */
export function row(
  names: string,
  first: number,
  prefix: readonly number[] = [],
  immediates: readonly number[] = [],
  gc = false,
): Sample[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name, i) => {
      const code = prefix.length === 0 || first + i < 0x80 ? [first + i] : wide(first + i);
      return { name, bytes: [...prefix, ...code, ...immediates], gc };
    });
}

const wide = (code: number) => [(code & 0x7f) | 0x80, code >> 7];
export const of = (type: string, names: string) => names.replace(/\S+/g, `${type}.$&`);
