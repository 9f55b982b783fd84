import { type ByteWriter, unsignedLength } from "./byte-writer.ts";
import { OP } from "./opcodes.ts";

const NONE = -1;

/**
 * What is to be changed in one function: calls that are put in front of an instruction, or in its
 * place. They are added in the order in which they stand.
 */
export class FunctionEdits {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #callees: number[] = [];
  readonly #arguments: number[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Puts a call in the place of what stands from `start` to `end`. */
  call(start: number, end: number, callee: number): void {
    this.#add(start, end, callee, NONE);
  }

  /** Puts a call of a function that takes an i32 in front of what stands at `at`, and gives its number. */
  charge(at: number, callee: number, amount: number): number {
    this.#add(at, at, callee, amount);
    return this.#length - 1;
  }

  /** Says what a charge amounts to that was added before that was known; of 0 nothing is left. */
  amend(edit: number, amount: number): void {
    this.#arguments[edit] = amount;
  }

  /** How much longer the function becomes. */
  growth(): number {
    let growth = 0;
    for (let i = 0; i < this.#length; i++) {
      const argument = at(this.#arguments, i);
      if (argument === 0) continue;
      if (argument !== NONE) growth += 1 + signedLength(argument);
      growth +=
        1 + unsignedLength(at(this.#callees, i)) - (at(this.#ends, i) - at(this.#starts, i));
    }
    return growth;
  }

  /** Writes the bytes from `start` to `end` with the changes in them. */
  write(writer: ByteWriter, bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    for (let i = 0; i < this.#length; i++) {
      const argument = at(this.#arguments, i);
      if (argument === 0) continue;
      writer.copy(bytes, from, at(this.#starts, i));
      from = at(this.#ends, i);
      if (argument !== NONE) {
        writer.push(OP.i32Const);
        writeSigned(writer, argument);
      }
      writer.push(OP.call);
      writer.unsigned(at(this.#callees, i));
    }
    writer.copy(bytes, from, end);
  }

  #add(start: number, end: number, callee: number, argument: number): void {
    const i = this.#length++;
    this.#starts[i] = start;
    this.#ends[i] = end;
    this.#callees[i] = callee;
    this.#arguments[i] = argument;
  }
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}

// A positive integer in signed LEB128 needs a bit more, so that its last byte does not look negative.
function signedLength(value: number): number {
  return unsignedLength(2 * value);
}

function writeSigned(writer: ByteWriter, value: number): void {
  let rest = value;
  for (; rest >= 0x40; rest >>>= 7) writer.push((rest & 0x7f) | 0x80);
  writer.push(rest);
}
