import type { BinaryReader } from "../binary-reader.ts";
import { hex, unknownFeature } from "../harden-error.ts";
import { structBytes } from "./heap-size.ts";
import { readStorageBytes, readValueType } from "./value-types.ts";

/** What matters of a type of a module. */
export type TypeShape =
  | { readonly form: "function"; readonly parameters: number; readonly results: number }
  | { readonly form: "struct"; readonly bytes: number; readonly fields: number }
  | { readonly form: "array"; readonly elementBytes: number };

// WebAssembly core specification 3.0, "Recursive Types" and "Composite Types" in the binary format.
const RECURSIVE = 0x4e;
const SUBTYPE = 0x50;
const FINAL_SUBTYPE = 0x4f;
export const FUNCTION_TYPE = 0x60;
const STRUCT_TYPE = 0x5f;
const ARRAY_TYPE = 0x5e;
const VARIABLE = 1;

/** The types of the type section, those of recursive groups one by one, as they are counted. */
export function readTypes(reader: BinaryReader): TypeShape[] {
  const types: TypeShape[] = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    const code = reader.byte();
    if (code !== RECURSIVE) {
      types.push(readSubtype(reader, code));
      continue;
    }
    for (let members = reader.unsigned(); members > 0; members--) {
      types.push(readSubtype(reader, reader.byte()));
    }
  }
  return types;
}

function readSubtype(reader: BinaryReader, code: number): TypeShape {
  if (code !== SUBTYPE && code !== FINAL_SUBTYPE) return readComposite(reader, code);
  for (let supertypes = reader.unsigned(); supertypes > 0; supertypes--) reader.skipInteger();
  return readComposite(reader, reader.byte());
}

function readComposite(reader: BinaryReader, form: number): TypeShape {
  switch (form) {
    case FUNCTION_TYPE: {
      const parameters = skipValueTypes(reader);
      const results = skipValueTypes(reader);
      return { form: "function", parameters, results };
    }
    case STRUCT_TYPE: {
      const fields = Array.from({ length: reader.unsigned() }, () => readField(reader));
      return { form: "struct", bytes: structBytes(fields), fields: fields.length };
    }
    case ARRAY_TYPE:
      return { form: "array", elementBytes: readField(reader) };
    default:
      throw unknownFeature(`a type of the form ${hex(form)}`);
  }
}

function skipValueTypes(reader: BinaryReader): number {
  const count = reader.unsigned();
  for (let left = count; left > 0; left--) readValueType(reader);
  return count;
}

/** Reads a field or the element of an array, and gives the bytes that it takes. */
function readField(reader: BinaryReader): number {
  const bytes = readStorageBytes(reader);
  requireMutability(reader);
  return bytes;
}

export function requireMutability(reader: BinaryReader): void {
  const code = reader.byte();
  if (code > VARIABLE) throw unknownFeature(`a mutability ${hex(code)}`);
}
