import { exported, functionType, leb, moduleOf, sleb } from "./module-of.ts";

import {
  BINARY,
  BLOCK_TYPE,
  CODE,
  COMPARED,
  CONVERTED,
  FUNCTION_TYPES,
  GLOBAL_NAMES,
  LOADS,
  SIGNATURES,
  type Signature,
  TURNS,
  VALUE_TYPES,
  type ValueType,
} from "./random-signatures.ts";

const END = 0x0b;
const MEMORY_MASK = 0xffff;
const LENGTH_MASK = 0x3ff;
const TABLE_SIZE = 8;

/** Makes a module of numbers: each is a choice. Where there are no more, everything is the simplest. */
export function randomModule(choices: readonly number[]): Uint8Array<ArrayBuffer> {
  const writer = new RandomCode(choices);
  const bodies = FUNCTION_TYPES.map((type) => writer.body(SIGNATURES[type] as Signature));
  const global = (type: ValueType, ...init: number[]) => [CODE[type], 1, ...init, END];
  return moduleOf({
    types: SIGNATURES.map(({ parameters, results }) =>
      functionType(
        parameters.map((type) => CODE[type]),
        results.map((type) => CODE[type]),
      ),
    ),
    functions: FUNCTION_TYPES,
    tables: [[0x70, 1, TABLE_SIZE, 2 * TABLE_SIZE]],
    memories: [[1, 1, 3]],
    tags: [[0, 4]],
    globals: [
      global("i32", 0x41, 1),
      global("i64", 0x42, 2),
      global("f32", 0x43, 0, 0, 0, 0),
      global("f64", 0x44, 0, 0, 0, 0, 0, 0, 0, 0),
      global("i32", 0x41, 0),
    ],
    exports: [
      ...FUNCTION_TYPES.map((_, i) => exported(`f${i}`, 0, i)),
      ...GLOBAL_NAMES.map((name, i) => exported(name, 3, i)),
      exported("memory", 2, 0),
      exported("table", 1, 0),
    ],
    elements: [
      [0, 0x41, 0, END, ...leb(FUNCTION_TYPES.length), ...FUNCTION_TYPES.keys()],
      [1, 0, 3, 0, 1, 2],
    ],
    dataCount: 1,
    bodies,
    data: [[1, 40, ...Array.from({ length: 40 }, (_, i) => i * 5)]],
  });
}

class RandomCode {
  readonly #choices: readonly number[];
  #at = 0;
  #locals: readonly ValueType[] = [];
  #results: readonly ValueType[] = [];
  /** How many blocks without results surround the code. */
  #labels = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  body({ parameters, results }: Signature): number[] {
    this.#locals = [...parameters, ...VALUE_TYPES];
    this.#results = results;
    this.#labels = 0;
    const locals = [4, ...VALUE_TYPES.flatMap((type) => [1, CODE[type]])];
    const code = [...this.#turn(), ...this.#statements(4, 4)];
    return [...locals, ...code, ...results.flatMap((type) => this.#value(type, 3)), END];
  }

  #pick(count: number): number {
    return (this.#choices[this.#at++] ?? 0) % count;
  }

  #of<T>(items: readonly T[]): T {
    // The index is below the length, and no list is empty.
    return items[this.#pick(items.length)] as T;
  }

  /** Takes a turn, and traps where none is left. */
  #turn(): number[] {
    const left = [0x23, TURNS];
    return [...left, 0x45, 0x04, 0x40, 0x00, END, ...left, 0x41, 1, 0x6b, 0x24, TURNS];
  }

  #statements(most: number, depth: number): number[] {
    return Array.from({ length: this.#pick(most + 1) }, () => this.#statement(depth)).flat();
  }

  #block(opcode: number, depth: number, first: readonly number[] = []): number[] {
    this.#labels++;
    const code = [opcode, 0x40, ...first, ...this.#statements(3, depth - 1)];
    this.#labels--;
    return code;
  }

  #statement(depth: number): number[] {
    const i32 = () => this.#value("i32", depth - 1);
    const flat = depth <= 0;
    switch (this.#pick(flat ? 12 : 22)) {
      case 0:
        return [0x01];
      case 1: {
        const local = this.#pick(this.#locals.length);
        return [...this.#value(this.#locals[local] ?? "i32", depth - 1), 0x21, local];
      }
      case 2: {
        const type = this.#of(VALUE_TYPES);
        return [...this.#value(type, depth - 1), 0x24, VALUE_TYPES.indexOf(type)];
      }
      case 3:
        return [
          ...this.#address(depth),
          ...i32(),
          this.#of([0x36, 0x3a, 0x3b]),
          0,
          this.#pick(100),
        ];
      case 4:
        return [...this.#address(depth), ...this.#value("i64", depth - 1), 0x37, 0, 3];
      case 5:
        return [...this.#address(depth), ...i32(), ...this.#length(depth), 0xfc, 11, 0];
      case 6:
        return [
          ...this.#address(depth),
          ...this.#address(depth),
          ...this.#length(depth),
          0xfc,
          10,
          0,
          0,
        ];
      case 7:
        return [...this.#address(depth), 0x41, this.#pick(40), 0x41, this.#pick(12), 0xfc, 8, 0, 0];
      case 8:
        return [...this.#element(), ...this.#element(), 0x41, this.#pick(4), 0xfc, 14, 0, 0];
      case 9:
        return [...this.#element(), 0xd2, this.#pick(3), 0x41, this.#pick(4), 0xfc, 17, 0];
      case 10:
        return [...this.#element(), 0x41, this.#pick(3), 0x41, this.#pick(3), 0xfc, 12, 1, 0];
      case 11:
        return this.#labels === 0 ? [0x01] : [...i32(), 0x0d, this.#pick(this.#labels)];
      case 12:
        return [...this.#block(0x02, depth), END];
      case 13:
        return [...this.#block(0x03, depth, this.#turn()), ...i32(), 0x0d, 0, END];
      case 14:
        return [...i32(), ...this.#block(0x04, depth), 0x05, ...this.#inner(depth), END];
      case 15:
        return [...this.#block(0x06, depth), 0x07, 0, 0x24, 0, 0x19, ...this.#inner(depth), END];
      case 16:
        return [...i32(), 0x08, 0];
      case 17:
        return [...this.#results.flatMap((type) => this.#value(type, 1)), 0x0f];
      case 18: {
        if (this.#labels === 0) return [0x01];
        const labels = [
          this.#pick(this.#labels),
          this.#pick(this.#labels),
          this.#pick(this.#labels),
        ];
        return [...i32(), 0x0e, 2, ...labels];
      }
      case 19:
        return [...i32(), 0x02, BLOCK_TYPE, ...i32(), 0x0c, 0, END, 0x6a, 0x1a];
      case 20:
        return [0xd2, this.#pick(3), 0x41, this.#pick(4), 0xfc, 15, 0, 0x1a];
      default: {
        const callee = this.#pick(FUNCTION_TYPES.length);
        const { parameters, results } = SIGNATURES[FUNCTION_TYPES[callee] ?? 0] as Signature;
        const args = parameters.flatMap((type) => this.#value(type, depth - 1));
        return [...args, 0x10, callee, ...results.map(() => 0x1a)];
      }
    }
  }

  /** Statements in a block that was opened before. */
  #inner(depth: number): number[] {
    this.#labels++;
    const code = this.#statements(3, depth - 1);
    this.#labels--;
    return code;
  }

  #value(type: ValueType, depth: number): number[] {
    const locals = [...this.#locals.keys()].filter((i) => this.#locals[i] === type);
    switch (this.#pick(depth <= 0 ? 3 : 12)) {
      case 0:
        return this.#constant(type);
      case 1:
        return [0x20, this.#of(locals)];
      case 2:
        return [0x23, VALUE_TYPES.indexOf(type)];
      case 3: {
        const [first, last] = BINARY[type];
        const operands = [...this.#value(type, depth - 1), ...this.#value(type, depth - 1)];
        return [...operands, first + this.#pick(last - first + 1)];
      }
      case 4: {
        const [from, code] = this.#of(CONVERTED[type]);
        return [...this.#value(from, depth - 1), ...code];
      }
      case 5:
        return [...this.#address(depth), this.#of(LOADS[type]), 0, this.#pick(100)];
      case 6: {
        const values = [...this.#value(type, depth - 1), ...this.#value(type, depth - 1)];
        return [...values, ...this.#value("i32", depth - 1), 0x1b];
      }
      case 7: {
        const condition = this.#value("i32", depth - 1);
        const then = this.#value(type, depth - 1);
        return [
          ...condition,
          0x04,
          CODE[type],
          ...then,
          0x05,
          ...this.#value(type, depth - 1),
          END,
        ];
      }
      case 8:
        return [...this.#value(type, depth - 1), 0x22, this.#of(locals)];
      case 9: {
        const signature = SIGNATURES.findIndex(({ results }) => results.join() === type);
        if (signature < 0) return this.#constant(type);
        const { parameters } = SIGNATURES[signature] as Signature;
        const args = parameters.flatMap((parameter) => this.#value(parameter, depth - 1));
        return [...args, ...this.#element(), 0x11, signature, 0];
      }
      default:
        return type === "i32" ? this.#number(depth) : this.#constant(type);
    }
  }

  #number(depth: number): number[] {
    switch (this.#pick(4)) {
      case 0: {
        const type = this.#of(VALUE_TYPES);
        const [first, last] = COMPARED[type];
        const operands = [...this.#value(type, depth - 1), ...this.#value(type, depth - 1)];
        return [...operands, first + this.#pick(last - first + 1)];
      }
      case 1:
        return [0x41, this.#pick(3), 0x40, 0];
      case 2:
        return [0x3f, 0];
      default:
        return [...this.#element(), 0x25, 0, 0xd1];
    }
  }

  #constant(type: ValueType): number[] {
    const value = this.#of([0, 1, -1, 7, 255, 65_536, 2 ** 31 - 1, -(2 ** 31), this.#pick(1000)]);
    if (type === "i32") return [0x41, ...sleb(value)];
    if (type === "i64") return [0x42, ...sleb(value * 1000)];
    const view = new DataView(new ArrayBuffer(8));
    const float = this.#of([value, value / 3, Number.NaN, Number.POSITIVE_INFINITY]);
    if (type === "f32") view.setFloat32(0, float, true);
    else view.setFloat64(0, float, true);
    const bytes = new Uint8Array(view.buffer, 0, type === "f32" ? 4 : 8);
    return [type === "f32" ? 0x43 : 0x44, ...bytes];
  }

  /** Mostly within memory. */
  #address(depth: number): number[] {
    return this.#masked(depth, MEMORY_MASK);
  }

  #length(depth: number): number[] {
    return this.#masked(depth, LENGTH_MASK);
  }

  #masked(depth: number, mask: number): number[] {
    const value = this.#value("i32", depth - 2);
    return this.#pick(10) === 9 ? value : [...value, 0x41, ...sleb(mask), 0x71];
  }

  #element(): number[] {
    return [0x41, this.#pick(TABLE_SIZE + 1)];
  }
}
