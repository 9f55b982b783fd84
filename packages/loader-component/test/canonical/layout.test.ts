// Known layouts, worked out by hand from CanonicalABI.md ("Alignment", "Element Size", "Storing",
// "Flattening").
import { describe, expect, it } from "vitest";
import type { WitType } from "../plan/wit-types.ts";
import { codecOf, HEAP, lifted, lowered, realMemory } from "./real-memory.ts";

const newMemory = await realMemory();
const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
const variant = (...cases: (readonly [string, WitType | null])[]): WitType => ({
  kind: "variant",
  cases,
});
const JOINED = variant(["a", "u32"], ["b", "f32"], ["c", "u64"], ["d", "f64"], ["e", "string"]);
const WORDS = variant(["i", "s32"], ["f", "f32"]);
const PAIR: WitType = { kind: "tuple", items: ["u8", "u32", "u8"] };

describe("the layout of", () => {
  it.each<[name: string, type: WitType, size: number, alignment: number, flat: string | undefined]>(
    [
      ["bool", "bool", 1, 1, "i32"],
      ["s16", "s16", 2, 2, "i32"],
      ["char", "char", 4, 4, "i32"],
      ["u64", "u64", 8, 8, "i64"],
      ["f32", "f32", 4, 4, "f32"],
      ["f64", "f64", 8, 8, "f64"],
      ["string", "string", 8, 4, "i32 i32"],
      ["list<u64>", { kind: "list", element: "u64" }, 8, 4, "i32 i32"],
      ["tuple<u8, u32, u8>", PAIR, 12, 4, "i32 i32 i32"],
      ["result", { kind: "result", ok: null, err: null }, 1, 1, "i32"],
      ["option<u64>", { kind: "option", value: "u64" }, 16, 8, "i32 i64"],
      ["option<u8>", { kind: "option", value: "u8" }, 2, 1, "i32 i32"],
      ["result<u64, string>", { kind: "result", ok: "u64", err: "string" }, 16, 8, "i32 i64 i32"],
      ["variant of u32, f32, u64, f64 and string", JOINED, 16, 8, "i32 i64 i32"],
      ["variant of s32 and f32", WORDS, 8, 4, "i32 i32"],
      ["enum of 256", { kind: "enum", names: names(256) }, 1, 1, "i32"],
      ["enum of 257", { kind: "enum", names: names(257) }, 2, 2, "i32"],
      ["variant of 257 and a u8", variant(...named(256), ["x", "u8"]), 4, 2, "i32 i32"],
      ["flags of 8", { kind: "flags", names: names(8) }, 1, 1, "i32"],
      ["flags of 9", { kind: "flags", names: names(9) }, 2, 2, "i32"],
      ["flags of 17", { kind: "flags", names: names(17) }, 4, 4, "i32"],
      ["flags of 32", { kind: "flags", names: names(32) }, 4, 4, "i32"],
      ["tuple of 16 core values", tuple("u8", 16), 16, 1, Array(16).fill("i32").join(" ")],
      ["tuple of 17 core values", tuple("u8", 17), 17, 1, undefined],
      ["option of 16 core values", { kind: "option", value: tuple("u8", 16) }, 17, 1, undefined],
    ],
  )("%s", (_, type, size, alignment, flat) => {
    const codec = codecOf(type);
    expect([codec.size, codec.alignment, codec.flat?.join(" ")]).toEqual([size, alignment, flat]);
  });

  it("a record has its fields in order, each aligned, and nothing in between", () => {
    const { memory, bytes } = newMemory();
    const record: WitType = {
      kind: "record",
      fields: [
        ["a", "u8"],
        ["b", "u32"],
        ["c", "s16"],
      ],
    };
    codecOf(record).store(memory, 8, { a: 0x11, b: 0x22334455, c: -2 });
    expect(bytes().toString("hex", 8, 20)).toBe("11000000" + "55443322" + "feff0000");
  });

  it("a list has its elements where realloc says, and its address before its length", () => {
    const { memory, bytes } = newMemory();
    codecOf({ kind: "list", element: "u16" }).store(memory, 8, [1, 2, 0xffff]);
    expect(bytes().readUInt32LE(8)).toBe(HEAP);
    expect(bytes().readUInt32LE(12)).toBe(3);
    expect(bytes().toString("hex", HEAP, HEAP + 6)).toBe("01000200ffff");
  });

  it("an option has its discriminant first and its value aligned behind it", () => {
    const { memory, bytes } = newMemory();
    codecOf({ kind: "option", value: "u32" }).store(memory, 8, { tag: "some", value: 0x01020304 });
    expect(bytes().toString("hex", 8, 16)).toBe("01000000" + "04030201");
  });
});

describe("a variant whose cases share core values", () => {
  const cases: [value: unknown, flat: unknown[]][] = [
    [{ tag: "a", value: 0xffff_fffe }, [0, 0xffff_fffen, 0]],
    [{ tag: "b", value: -1.5 }, [1, 0xbfc0_0000n, 0]],
    [{ tag: "b", value: -0 }, [1, 0x8000_0000n, 0]],
    [{ tag: "c", value: 2n ** 64n - 1n }, [2, 2n ** 64n - 1n, 0]],
    [{ tag: "d", value: -1.5 }, [3, 0xbff8_0000_0000_0000n, 0]],
    [{ tag: "d", value: -0 }, [3, 0x8000_0000_0000_0000n, 0]],
    [{ tag: "e", value: "é" }, [4, BigInt(HEAP), 2]],
  ];

  it.each(cases)("passes %o in their place", (value, flat) => {
    const { memory } = newMemory();
    expect(lowered(codecOf(JOINED), memory, value)).toEqual(flat);
    expect(lifted(codecOf(JOINED), memory, ...flat)).toEqual(value);
  });

  it("reads no more of a wide core value than its case has", () => {
    const { memory } = newMemory();
    const lift = (...flat: unknown[]) => lifted(codecOf(JOINED), memory, ...flat);
    expect(lift(0, -1n, 0)).toEqual({ tag: "a", value: 0xffff_ffff });
    expect(lift(1, 0x7777_7777_bfc0_0000n, 99)).toEqual({ tag: "b", value: -1.5 });
    expect(lift(1, 0xffff_ffff_7fc0_0000n, 0)).toEqual({ tag: "b", value: Number.NaN });
  });

  it("has zeros above a negative integer of 32 bits in an integer of 64", () => {
    const { memory } = newMemory();
    const type = variant(["i", "s32"], ["l", "u64"]);
    const value = { tag: "i", value: -1 };
    expect(lowered(codecOf(type), memory, value)).toEqual([0, 0xffff_ffffn]);
    expect(lifted(codecOf(type), memory, 0, 0xffff_ffffn)).toEqual(value);
  });

  it("has a float of 32 bits in an integer of 32", () => {
    const { memory } = newMemory();
    const value = { tag: "f", value: 1.5 };
    expect(lowered(codecOf(WORDS), memory, value)).toEqual([1, 0x3fc0_0000]);
    expect(lifted(codecOf(WORDS), memory, 1, 0x3fc0_0000)).toEqual(value);
    expect(lifted(codecOf(WORDS), memory, 0, -5)).toEqual({ tag: "i", value: -5 });
  });
});

describe("a core value with more bits than its type", () => {
  const { memory } = newMemory();
  const lift = (type: WitType, value: number) => lifted(codecOf(type), memory, value);

  it("counts by its lower bits where it is an integer", () => {
    expect(lift("u8", 0x1ff)).toBe(0xff);
    expect(lift("s8", 0x180)).toBe(-0x80);
    expect(lift("u16", -1)).toBe(0xffff);
    expect(lift("s16", 0x18000)).toBe(-0x8000);
    expect(lift("u32", -1)).toBe(0xffff_ffff);
    expect(lift("s32", -1)).toBe(-1);
  });

  // CanonicalABI.md, lift_flat: "BoolType() : return convert_int_to_bool(vi.next('i32'))".
  it.each([1, 2, -1, 0x100, 0x8000_0000 | 0])("is true where it is a bool: %i", (value) => {
    expect(lift("bool", value)).toBe(true);
    expect(lift("bool", 0)).toBe(false);
  });

  // CanonicalABI.md, unpack_flags_from_int: one bit for each label, and no other.
  it("has no flags that its type has no names for", () => {
    const flags: WitType = { kind: "flags", names: ["a", "b", "c"] };
    expect(lift(flags, 0b101)).toBe(0b101);
    expect(lift(flags, 0xff)).toBe(0b111);
  });
});

function tuple(item: WitType, count: number): WitType {
  return { kind: "tuple", items: Array.from({ length: count }, () => item) };
}

function named(count: number): [string, null][] {
  return names(count).map((name) => [name, null]);
}
