import { hex, unknownFeature } from "../harden-error.ts";
import type { InstructionReader } from "./instruction-reader.ts";
import type { TypeShape } from "./read-types.ts";
import { skipConstant } from "./skip-constant.ts";
import { readValueType } from "./value-types.ts";

// WebAssembly core specification 3.0, "Element Section": bit 0 says passive or declarative, bit 1 that
// the table is named (or, with bit 0, declarative), bit 2 that elements are expressions.
const NOT_ACTIVE = 0x01;
const EXPLICIT = 0x02;
const EXPRESSIONS = 0x04;
const LAST_ELEMENT_FORM = 0x07;
// The only kind of elements that are indices: functions.
const FUNCTIONS = 0x00;
// "Data Section": active in memory 0, passive, active in the memory that is named.
const LAST_DATA_FORM = 2;

/** Skips the element section, and gives the bytes that its expressions allocate on the engine's heap. */
export function skipElements(code: InstructionReader, types: readonly TypeShape[]): number {
  let bytes = 0;
  for (let left = code.unsigned(); left > 0; left--) {
    const form = code.unsigned();
    if (form > LAST_ELEMENT_FORM) throw unknownFeature(`an element segment of form ${hex(form)}`);
    const active = (form & NOT_ACTIVE) === 0;
    if (active && (form & EXPLICIT) !== 0) code.skipInteger();
    if (active) bytes += skipConstant(code, types);
    if ((form & (NOT_ACTIVE | EXPLICIT)) !== 0) skipElementType(code, (form & EXPRESSIONS) !== 0);
    for (let elements = code.unsigned(); elements > 0; elements--) {
      if ((form & EXPRESSIONS) !== 0) bytes += skipConstant(code, types);
      else code.skipInteger();
    }
  }
  return bytes;
}

function skipElementType(code: InstructionReader, isValueType: boolean): void {
  if (isValueType) {
    readValueType(code);
    return;
  }
  const kind = code.byte();
  if (kind !== FUNCTIONS) throw unknownFeature(`an element segment of the kind ${hex(kind)}`);
}

/** Skips the data section, where expressions are offsets in memory. */
export function skipData(code: InstructionReader, types: readonly TypeShape[]): void {
  for (let left = code.unsigned(); left > 0; left--) {
    const form = code.unsigned();
    if (form > LAST_DATA_FORM) throw unknownFeature(`a data segment of form ${hex(form)}`);
    if (form === LAST_DATA_FORM) code.skipInteger();
    if (form !== 1) skipConstant(code, types);
    const size = code.unsigned();
    code.at += size;
  }
}
