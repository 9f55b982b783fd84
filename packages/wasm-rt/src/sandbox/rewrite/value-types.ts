import type { BinaryReader } from "../binary-reader.ts";
import { hex, unknownFeature } from "../harden-error.ts";

// Codes: WebAssembly core specification 3.0, "Types" in the binary format.
export const TYPE = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
const PACKED = { i8: 0x78, i16: 0x77 };
const NULLABLE = 0x63;
const NOT_NULLABLE = 0x64;
const FIRST_ABSTRACT = 0x69; // exn
const LAST_ABSTRACT = 0x74; // noexn
const NO_RESULT = 0x40;
// The seventh bit of the last byte of a signed LEB128 is its sign.
const NEGATIVE = 0x40;

/**
 * Reads a value type.
 *
 * @returns its code; of a reference to a type of the module the code in front of it.
 */
export function readValueType(reader: BinaryReader): number {
  const code = reader.byte();
  if (code >= TYPE.v128 && code <= TYPE.i32) return code;
  if (isAbstract(code)) return code;
  if (code !== NULLABLE && code !== NOT_NULLABLE) throw unknownFeature(`a value type ${hex(code)}`);
  skipHeapType(reader);
  return code;
}

/** Reads the type of a field or of an element of an array, and gives the bytes that one takes. */
export function readStorageBytes(reader: BinaryReader): number {
  const code = reader.bytes[reader.at];
  if (code === PACKED.i8 || code === PACKED.i16) {
    reader.at++;
    return code === PACKED.i8 ? 1 : 2;
  }
  const type = readValueType(reader);
  if (type === TYPE.i32 || type === TYPE.f32) return 4;
  return type === TYPE.v128 ? 16 : 8;
}

export function skipHeapType(reader: BinaryReader): void {
  if (!skipTypeIndex(reader)) {
    const code = reader.byte();
    if (!isAbstract(code)) throw unknownFeature(`a heap type ${hex(code)}`);
  }
}

/** What a block takes and gives: nothing, one value, or what the type of an index does. */
export const BLOCK_TYPE = { empty: -1, oneValue: -2 } as const;

/** Reads the type of a block: an index, or one of {@link BLOCK_TYPE}. */
export function readBlockType(reader: BinaryReader): number {
  const { at } = reader;
  if (reader.bytes[at] === NO_RESULT) {
    reader.at++;
    return BLOCK_TYPE.empty;
  }
  if (skipTypeIndex(reader)) {
    reader.at = at;
    return reader.unsigned();
  }
  readValueType(reader);
  return BLOCK_TYPE.oneValue;
}

function isAbstract(code: number): boolean {
  return code >= FIRST_ABSTRACT && code <= LAST_ABSTRACT;
}

/**
 * Skips the index of a type, which is a signed integer that is not negative. Negative ones are codes;
 * they could be written in more bytes than one, which no tool does.
 */
function skipTypeIndex(reader: BinaryReader): boolean {
  const { at } = reader;
  reader.skipInteger();
  const last = reader.bytes[reader.at - 1] ?? 0;
  if ((last & NEGATIVE) === 0) return true;
  if (reader.at !== at + 1) throw unknownFeature("a type code of more than one byte");
  reader.at = at;
  return false;
}
