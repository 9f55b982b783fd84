// Lists and values that are not of their types: each ends the guest's call.
import { describe, expect, it } from "vitest";
import type { WitType } from "../plan/wit-types.ts";
import { faultCode } from "./fault.ts";
import { codecOf, PAGES_END as END, lifted, realMemory } from "./real-memory.ts";

const newMemory = await realMemory();
const TAG = 2 ** 31;

const list = (element: WitType): WitType => ({ kind: "list", element });

describe("a guest's list", () => {
  it.each<[what: string, element: WitType, at: number, length: number, code: string]>([
    ["beyond the end", "u32", END - 4, 2, "TRAP"],
    ["that is not aligned", "u32", 2, 1, "TRAP"],
    ["of nothing that is not aligned", "u64", 4, 0, "TRAP"],
    ["of nothing behind the end", "u8", END + 1, 0, "TRAP"],
    ["whose end overflows 32 bits", "u64", -8, 2, "TRAP"],
    ["of bytes whose end overflows 32 bits", "u8", -1, 2, "TRAP"],
    ["of 2^31 bytes", "u8", 0, TAG, "TRAP"],
    ["of 2^32 - 1 bytes", "u8", 0, -1, "TRAP"],
    ["of 2^31 elements", "u32", 0, TAG, "RESOURCE_LIMIT"],
    ["of 2^32 - 1 elements", "u64", 0, -1, "RESOURCE_LIMIT"],
    ["of 65537 elements", "bool", 0, 65_537, "RESOURCE_LIMIT"],
  ])("%s is refused", (_, element, at, length, expected) => {
    const { memory } = newMemory();
    expect(faultCode(() => lifted(codecOf(list(element)), memory, at, length))).toBe(expected);
  });

  it("is read up to the last byte of the memory, and up to 65536 elements", () => {
    const { memory } = newMemory();
    expect(lifted(codecOf(list("u32")), memory, END - 8, 2)).toEqual([0, 0]);
    expect(lifted(codecOf(list("bool")), memory, 0, 65_536)).toHaveLength(65_536);
    expect(lifted(codecOf(list("u64")), memory, END, 0)).toEqual([]);
    expect(lifted(codecOf(list("u8")), memory, END, 0)).toHaveLength(0);
  });

  it("of bytes is a copy, which the guest does not reach", () => {
    const { memory } = newMemory();
    const bytes = lifted(codecOf(list("u8")), memory, 0, 4);
    memory.peek(0, 4).fill(9);
    expect(bytes).toEqual(Uint8Array.of(0, 0, 0, 0));
  });

  it("has every one of its elements checked", () => {
    const { memory } = newMemory();
    memory.view(0, 12, 4).setUint32(8, 0x11_0000, true);
    expect(faultCode(() => lifted(codecOf(list("char")), memory, 0, 3))).toBe("TRAP");
  });
});

describe("a guest's value", () => {
  const CASES: WitType = {
    kind: "variant",
    cases: [
      ["a", null],
      ["b", "u32"],
    ],
  };
  const NAMES: WitType = { kind: "enum", names: ["x", "y", "z"] };

  it.each<[what: string, type: WitType, flat: unknown[]]>([
    ["a variant of a case too many", CASES, [2, 0]],
    ["a variant of the case -1", CASES, [-1, 0]],
    ["a variant of the case 256", CASES, [256, 0]],
    ["an enum of a name too many", NAMES, [3]],
    ["an option of 2", { kind: "option", value: "u8" }, [2, 0]],
    ["a result of 2", { kind: "result", ok: null, err: null }, [2]],
    ["a char that is a surrogate", "char", [0xd800]],
    ["a char that is the last surrogate", "char", [0xdfff]],
    ["a char beyond the last one", "char", [0x11_0000]],
    ["a char of -1", "char", [-1]],
    ["too few core values", "string", [0]],
    ["an i64 where an i32 belongs", "u32", [1n]],
    ["an i32 where an i64 belongs", "u64", [1]],
    ["nothing", "f64", [undefined]],
  ])("%s is refused", (_, type, flat) => {
    const { memory } = newMemory();
    expect(faultCode(() => lifted(codecOf(type), memory, ...flat))).toBe("TRAP");
  });

  it.each<[type: WitType, byte: number]>([
    [CASES, 2],
    [CASES, 255],
    [NAMES, 3],
    [{ kind: "option", value: "u64" }, 2],
  ])("in memory is refused for a discriminant that is no case", (type, byte) => {
    const { memory } = newMemory();
    memory.peek(0, 1).fill(byte);
    expect(faultCode(() => codecOf(type).load(memory, 0))).toBe("TRAP");
  });

  it.each(["u16", "u32", "u64", "f32", "f64", "char", "string"] as const)(
    "in memory is refused beyond its end, or not aligned: %s",
    (type) => {
      const codec = codecOf(type);
      const { memory } = newMemory();
      expect(faultCode(() => codec.load(memory, codec.alignment / 2))).toBe("TRAP");
      expect(faultCode(() => codec.load(memory, END))).toBe("TRAP");
      expect(faultCode(() => codec.load(memory, 2 ** 32 - codec.alignment))).toBe("TRAP");
    },
  );

  it.each([0xd7ff, 0xe000, 0x10_ffff, 0])("is a char at the borders of what is one: %i", (char) => {
    const { memory } = newMemory();
    expect(lifted(codecOf("char"), memory, char)).toBe(String.fromCodePoint(char));
  });
});
