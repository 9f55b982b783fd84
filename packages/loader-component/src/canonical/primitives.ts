import type { Primitive } from "../plan/types.ts";
import type { Codec } from "./codec.ts";
import type { FlatType } from "./flat.ts";
import { placeString, readString } from "./strings.ts";
import { trapped } from "./trapped.ts";

type Numeric = "Uint8" | "Int8" | "Uint16" | "Int16" | "Uint32" | "Int32" | "Float32" | "Float64";

/** @param wrap the value of an i32 that carries it; the bits above it do not count. */
function number(
  view: Numeric,
  size: 1 | 2 | 4 | 8,
  flat: FlatType,
  wrap: (value: number) => number,
): Codec {
  return {
    size,
    alignment: size,
    flat: [flat],
    depth: 0,
    load: (memory, at) => memory.view(at, size, size)[`get${view}`](at, true),
    store: (memory, at, value) =>
      memory.view(at, size, size)[`set${view}`](at, value as number, true),
    lift: (_memory, reader) => wrap(reader.number()),
    lower: (_memory, value, out) => void out.push(value as number),
  };
}

function long(signed: boolean): Codec {
  const get = signed ? "getBigInt64" : "getBigUint64";
  const wrap = signed ? BigInt.asIntN : BigInt.asUintN;
  return {
    size: 8,
    alignment: 8,
    flat: ["i64"],
    depth: 0,
    load: (memory, at) => memory.view(at, 8, 8)[get](at, true),
    store: (memory, at, value) => memory.view(at, 8, 8).setBigInt64(at, value as bigint, true),
    lift: (_memory, reader) => wrap(64, reader.bigint()),
    lower: (_memory, value, out) => void out.push(value as bigint),
  };
}

/** Of a codec for numbers one for what the numbers stand for. */
function mapped<T>(codec: Codec, from: (n: number) => T, to: (value: T) => number): Codec {
  return {
    ...codec,
    load: (memory, at) => from(codec.load(memory, at) as number),
    store: (memory, at, value) => codec.store(memory, at, to(value as T)),
    lift: (memory, reader) => from(codec.lift(memory, reader) as number),
    lower: (memory, value, out) => codec.lower(memory, to(value as T), out),
  };
}

const same = (value: number): number => value;
const u8 = number("Uint8", 1, "i32", (value) => value & 0xff);
const u32 = number("Uint32", 4, "i32", (value) => value >>> 0);

const string: Codec = {
  size: 8,
  alignment: 4,
  flat: ["i32", "i32"],
  depth: 0,
  load: (memory, at) => {
    const view = memory.view(at, 8, 4);
    return readString(memory, view.getUint32(at, true), view.getUint32(at + 4, true));
  },
  store: (memory, at, value) => {
    const [start, length] = placeString(memory, value as string);
    const view = memory.view(at, 8, 4);
    view.setUint32(at, start, true);
    view.setUint32(at + 4, length, true);
  },
  lift: (memory, reader) => readString(memory, reader.number() >>> 0, reader.number() >>> 0),
  lower: (memory, value, out) => void out.push(...placeString(memory, value as string)),
};

function character(code: number): string {
  // A Unicode scalar value: no surrogate, and not beyond the last one.
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw trapped(`${code} is no character`);
  }
  return String.fromCodePoint(code);
}

/** The codecs of the types that need no definition. */
export const PRIMITIVE_CODECS: Readonly<Record<Primitive, Codec>> = {
  bool: {
    ...mapped(
      u8,
      (value) => value !== 0,
      (value: unknown) => (value ? 1 : 0),
    ),
    // Unlike other types of a byte, all of the i32 counts: CanonicalABI.md, `lift_flat`.
    lift: (_memory, reader) => reader.number() !== 0,
  },
  s8: number("Int8", 1, "i32", (value) => (value << 24) >> 24),
  u8,
  s16: number("Int16", 2, "i32", (value) => (value << 16) >> 16),
  u16: number("Uint16", 2, "i32", (value) => value & 0xffff),
  s32: number("Int32", 4, "i32", (value) => value | 0),
  u32,
  s64: long(true),
  u64: long(false),
  f32: number("Float32", 4, "f32", same),
  f64: number("Float64", 8, "f64", same),
  char: mapped(u32, character, (value) => value.codePointAt(0) ?? 0),
  string,
};
