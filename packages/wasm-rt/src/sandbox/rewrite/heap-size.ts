import type { TypeShape } from "./read-types.ts";

// What V8 takes on its own heap, at most, on 64-bit platforms without pointer compression, as Node.js
// is built. Objects are aligned to 8 bytes.

/** A struct: its map, its hash, and fields that are aligned to their size. */
const STRUCT_BYTES = 16;
const FIELD_BYTES = 8;
/** An array: its map, its hash, its length, and what aligns its end. */
export const ARRAY_BYTES = 32;
/** An exception: an error object of 40 bytes, room for what engines may add, and what it carries. */
const EXCEPTION_BYTES = 256;
// V8 carries values in halves of 16 bits, each in a word of 8 bytes; those of type v128 are the largest.
const CARRIED_BYTES = 64;
// Only code that is never reached can name more, and an immediate of i32.const is no larger.
const LARGEST = 2 ** 31 - 1;

/** @param fields the sizes of the struct's fields. */
export function structBytes(fields: readonly number[]): number {
  return fields.reduce((sum, bytes) => sum + Math.max(bytes, FIELD_BYTES), STRUCT_BYTES);
}

/** What a new struct of a type takes. */
export function newStructBytes(types: readonly TypeShape[], index: number): number {
  const type = types[index];
  if (type?.form !== "struct") throw new TypeError(`type ${index} is no struct`);
  return type.bytes;
}

/** What an element of an array of a type takes. */
export function elementBytes(types: readonly TypeShape[], index: number): number {
  const type = types[index];
  if (type?.form !== "array") throw new TypeError(`type ${index} is no array`);
  return type.elementBytes;
}

/** What a new array of a type takes. */
export function newArrayBytes(types: readonly TypeShape[], index: number, length: number): number {
  return Math.min(ARRAY_BYTES + elementBytes(types, index) * length, LARGEST);
}

/** @param index of the type of the exception's tag. */
export function exceptionBytes(types: readonly TypeShape[], index: number): number {
  const type = types[index];
  if (type?.form !== "function") throw new TypeError(`type ${index} is no function`);
  return EXCEPTION_BYTES + CARRIED_BYTES * type.parameters;
}
