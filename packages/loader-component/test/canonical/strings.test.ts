import { describe, expect, it } from "vitest";
import { PRIMITIVE_CODECS } from "../../src/canonical/primitives.ts";
import type { StringEncoding } from "../../src/plan/plan.ts";
import { HEAP, lifted, lowered, realMemory } from "./real-memory.ts";

const newMemory = await realMemory();
const { string } = PRIMITIVE_CODECS;
const TAG = 2 ** 31;

/** Where a string is placed, its length in code units, and its bytes. */
const PLACED: [StringEncoding, text: string, length: number, bytes: string][] = [
  ["utf8", "", 0, ""],
  ["utf8", "aé€😀", 10, "61c3a9e282acf09f9880"],
  ["utf8", "\ufeffa", 4, "efbbbf61"],
  ["utf8", "\ud800x", 4, "efbfbd78"],
  ["utf8", "a\0b", 3, "610062"],
  ["utf16", "", 0, ""],
  ["utf16", "aé€😀", 5, "6100e900ac203dd800de"],
  ["utf16", "\ufeffa", 2, "fffe6100"],
  ["utf16", "x\udc00", 2, "7800fdff"],
  ["latin1+utf16", "", 0, ""],
  ["latin1+utf16", "abc", 3, "616263"],
  ["latin1+utf16", "a€", 2 + TAG, "6100ac20"],
  ["latin1+utf16", "😀", 2 + TAG, "3dd800de"],
  ["latin1+utf16", "\ud800", 1 + TAG, "fdff"],
];

describe("a string", () => {
  it.each(PLACED)("is placed in %s: %j", (encoding, text, length, bytes) => {
    const { memory, bytes: now } = newMemory(encoding);
    expect(lowered(string, memory, text)).toEqual([HEAP, length]);
    expect(now().toString("hex", HEAP, HEAP + bytes.length / 2)).toBe(bytes);
    expect(lifted(string, memory, HEAP, length)).toBe(Buffer.from(text).toString());
  });

  // CanonicalABI.md, store_string_to_latin1_or_utf16: Latin-1 wherever all code points have a byte.
  it("is placed in latin1+utf16 as Latin-1 where it can be", () => {
    const { memory, bytes } = newMemory("latin1+utf16");
    expect(lowered(string, memory, "é\u00ff")).toEqual([HEAP, 2]);
    expect(bytes().toString("hex", HEAP, HEAP + 2)).toBe("e9ff");
  });

  it("is read of latin1+utf16 with every byte being the character of that number", () => {
    const { memory } = newMemory("latin1+utf16");
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    memory.peek(1024, 256).set(all);
    expect(lifted(string, memory, 1024, 256)).toBe(String.fromCharCode(...all));
  });

  it("is read of latin1+utf16 as UTF-16 where its length says so", () => {
    const { memory } = newMemory("latin1+utf16");
    memory.peek(1024, 4).set(Buffer.from("é!", "utf16le"));
    expect(lifted(string, memory, 1024, 2 + TAG)).toBe("é!");
    expect(lifted(string, memory, 1024, (2 + TAG) | 0)).toBe("é!");
  });

  it("keeps a byte order mark, which is a character like any other", () => {
    for (const encoding of ["utf8", "utf16", "latin1+utf16"] as const) {
      const { memory } = newMemory(encoding);
      const flat = lowered(string, memory, "\ufeffa\ufeff");
      expect(lifted(string, memory, ...flat)).toBe("\ufeffa\ufeff");
    }
  });

  it("of 16 MiB is read, and no longer one", async () => {
    const large = (await realMemory("", `(memory (export "memory") 300)`))("utf8");
    expect(lifted(string, large.memory, 0, 1 << 24)).toHaveLength(1 << 24);
    expect(() => lifted(string, large.memory, 0, (1 << 24) + 1)).toThrow(
      expect.objectContaining({ code: "RESOURCE_LIMIT" }),
    );
  });
});
