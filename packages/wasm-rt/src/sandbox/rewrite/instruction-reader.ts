import { BinaryReader } from "../binary-reader.ts";
import { hex, unknownFeature } from "../harden-error.ts";
import { IMMEDIATE, IMMEDIATES, OP, PREFIXES } from "./opcodes.ts";
import { readBlockType, readValueType, skipHeapType } from "./value-types.ts";

const FIRST_PREFIX = 0xfb;
// Core specification, "Memory Instructions": this bit of the alignment says that an index follows.
const HAS_MEMORY_INDEX = 0x40;
// "Control Instructions": catch and catch_ref have a tag, catch_all and catch_all_ref have none.
const CATCH_REF = 1;
const CATCH_ALL_REF = 3;
// br_on_cast: two bits, whether the types are nullable.
const LAST_CAST = 3;

/** Reads instruction by instruction. */
export class InstructionReader extends BinaryReader {
  /** The function whose instructions are read, for messages; undefined for a constant expression. */
  functionIndex: number | undefined;
  /** Where the instruction starts that was read last, and the one before it. */
  start = 0;
  previous = 0;
  opcode = 0;
  /** Its first two immediates, where it has integers: a block's type, or how many labels a table has. */
  first = 0;
  second = 0;

  /** What the instruction before the last one puts on the stack, where it is a constant integer. */
  constantBefore(): number | undefined {
    const opcode = this.bytes[this.previous];
    if (opcode !== OP.i32Const && opcode !== OP.i64Const) return undefined;
    return new BinaryReader(this.bytes, this.previous + 1).signed();
  }

  next(): void {
    this.previous = this.start;
    this.start = this.at;
    const opcode = this.byte();
    this.opcode = opcode < FIRST_PREFIX ? opcode : this.#prefixed(opcode);
    switch (IMMEDIATES[this.opcode]) {
      case IMMEDIATE.none:
        return;
      case IMMEDIATE.integer:
        this.first = this.unsigned();
        return;
      case IMMEDIATE.integers:
        this.first = this.unsigned();
        this.second = this.unsigned();
        return;
      case IMMEDIATE.memory:
        this.#skipMemory();
        return;
      case IMMEDIATE.blockType:
        this.first = readBlockType(this);
        return;
      default:
        this.#skipRare();
    }
  }

  #prefixed(code: number): number {
    const opcode = this.unsigned();
    const prefix = PREFIXES[code];
    if (prefix === undefined || opcode >= prefix.size) throw this.#unknown(code, opcode);
    if (IMMEDIATES[prefix.base + opcode] === IMMEDIATE.unknown) throw this.#unknown(code, opcode);
    return prefix.base + opcode;
  }

  #skipMemory(): void {
    if ((this.unsigned() & HAS_MEMORY_INDEX) !== 0) this.skipInteger();
    this.skipInteger();
  }

  #skipRare(): void {
    switch (IMMEDIATES[this.opcode]) {
      case IMMEDIATE.memoryAndLane:
        this.#skipMemory();
        this.at++;
        return;
      case IMMEDIATE.labels:
        this.first = this.unsigned() + 1;
        for (let left = this.first; left > 0; left--) this.skipInteger();
        return;
      case IMMEDIATE.valueTypes:
        for (let left = this.unsigned(); left > 0; left--) readValueType(this);
        return;
      case IMMEDIATE.heapType:
        skipHeapType(this);
        return;
      case IMMEDIATE.catches:
        this.first = readBlockType(this);
        for (let left = this.unsigned(); left > 0; left--) this.#skipCatch();
        return;
      case IMMEDIATE.casts:
        this.#requireAtMost(LAST_CAST, "the cast flags");
        this.skipInteger();
        skipHeapType(this);
        skipHeapType(this);
        return;
      case IMMEDIATE.byte:
        this.at++;
        return;
      case IMMEDIATE.bytes4:
        this.at += 4;
        return;
      case IMMEDIATE.bytes8:
        this.at += 8;
        return;
      case IMMEDIATE.bytes16:
        this.at += 16;
        return;
      default:
        throw this.#unknown(this.opcode);
    }
  }

  #skipCatch(): void {
    if (this.#requireAtMost(CATCH_ALL_REF, "a catch of the kind") <= CATCH_REF) this.skipInteger();
    this.skipInteger();
  }

  #requireAtMost(last: number, what: string): number {
    const code = this.byte();
    if (code > last) throw unknownFeature(`${this.#place()} has ${what} ${hex(code)}`);
    return code;
  }

  #unknown(...codes: number[]): Error {
    return unknownFeature(`${this.#place()} has the opcode ${codes.map(hex).join(" ")}`);
  }

  #place(): string {
    const { functionIndex, start } = this;
    const owner =
      functionIndex === undefined ? "a constant expression" : `function ${functionIndex}`;
    return `${owner}, at byte ${start} of the module,`;
  }
}
