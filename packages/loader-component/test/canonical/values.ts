// Values of drawn types: as the host has them, and as jco's JavaScript has the same ones.
import fc from "fast-check";
import { err, NONE, ok, some, type Tagged } from "../../src/host/values.ts";
import type { Primitive } from "../../src/plan/types.ts";
import type { WitType } from "../plan/wit-types.ts";

const PRIMITIVE_VALUES: Readonly<Record<Primitive, fc.Arbitrary<unknown>>> = {
  bool: fc.boolean(),
  s8: fc.integer({ min: -0x80, max: 0x7f }),
  u8: fc.nat(0xff),
  s16: fc.integer({ min: -0x8000, max: 0x7fff }),
  u16: fc.nat(0xffff),
  s32: fc.integer(),
  u32: fc.integer({ min: 0, max: 0xffff_ffff }),
  s64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  u64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  f32: fc.float(),
  f64: fc.double(),
  char: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  // Any code points but surrogates; also those that are planes away from each other.
  string: fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({ maxLength: 300 }),
  ),
};

/** Values of a type, as `HostInterfaceFunction` describes them. */
export function valuesOf(type: WitType): fc.Arbitrary<unknown> {
  if (typeof type === "string") return PRIMITIVE_VALUES[type];
  const payload = (of: WitType | null) => (of === null ? fc.constant(undefined) : valuesOf(of));
  switch (type.kind) {
    case "list":
      if (type.element === "u8") return fc.uint8Array({ maxLength: 40 });
      return fc.array(valuesOf(type.element), { maxLength: 5 });
    case "tuple":
      return fc.tuple(...type.items.map(valuesOf));
    case "option":
      return fc.oneof(fc.constant(NONE), valuesOf(type.value).map(some));
    case "result":
      return fc.oneof(payload(type.ok).map(ok), payload(type.err).map(err));
    case "record":
      return fc
        .tuple(...type.fields.map(([, field]) => valuesOf(field)))
        .map((values) => Object.fromEntries(type.fields.map(([name], i) => [name, values[i]])));
    case "variant":
      return fc.oneof(
        ...type.cases.map(([tag, of]) =>
          payload(of).map((value): Tagged => (value === undefined ? { tag } : { tag, value })),
        ),
      );
    case "enum":
      return fc.constantFrom(...type.names);
    case "flags":
      return fc.integer({ min: 0, max: 2 ** type.names.length - 1 });
  }
}

/** Whether jco has `undefined` for a value of it; an option of that is an object with a tag. */
function isNullable(type: WitType): boolean {
  return typeof type !== "string" && type.kind === "option" && !isNullable(type.value);
}

/** A value of the host as jco takes it. */
export function toJco(type: WitType, value: unknown): unknown {
  if (typeof type === "string") return value;
  const payload = (of: WitType | null, { value: inner }: Tagged) =>
    of === null ? undefined : toJco(of, inner);
  switch (type.kind) {
    case "list":
      if (type.element === "u8") return value;
      return (value as unknown[]).map((item) => toJco(type.element, item));
    case "tuple":
      return type.items.map((item, i) => toJco(item, (value as unknown[])[i]));
    case "option": {
      const { tag, value: inner } = value as Tagged;
      if (!isNullable(type.value)) return tag === "none" ? undefined : toJco(type.value, inner);
      return tag === "none" ? { tag } : { tag, val: toJco(type.value, inner) };
    }
    case "result": {
      const given = value as Tagged;
      return { tag: given.tag, val: payload(given.tag === "ok" ? type.ok : type.err, given) };
    }
    case "record": {
      const given = value as Record<string, unknown>;
      return Object.fromEntries(type.fields.map(([name, of]) => [name, toJco(of, given[name])]));
    }
    case "variant": {
      const given = value as Tagged;
      const of = type.cases.find(([name]) => name === given.tag)?.[1] ?? null;
      return { tag: given.tag, val: payload(of, given) };
    }
    case "enum":
      return value;
    case "flags":
      // Bits of up to 32: `>>` alone would make the last one negative.
      return Object.fromEntries(
        type.names.map((name, i) => [name, (((value as number) >>> i) & 1) === 1]),
      );
  }
}

/** What jco gives, where several things are the same: lists of numbers, absent payloads. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (ArrayBuffer.isView(value)) return [...(value as Uint16Array)];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [name, plain(member)]));
}
