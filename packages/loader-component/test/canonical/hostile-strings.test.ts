// Strings that a guest does not have: each ends its call.
import { describe, expect, it } from "vitest";
import type { StringEncoding } from "../../src/plan/plan.ts";
import { faultCode } from "./fault.ts";
import { codecOf, PAGES_END as END, lifted, realMemory } from "./real-memory.ts";

const newMemory = await realMemory();
const TAG = 2 ** 31;

describe("a guest's string", () => {
  it.each<[what: string, encoding: StringEncoding, at: number, length: number]>([
    ["beyond the end", "utf8", END - 1, 2],
    ["that starts behind the end", "utf8", END + 1, 0],
    ["whose end overflows 32 bits", "utf8", 0xffff_ffff, 16],
    ["at -1, of -1", "utf8", -1, 0],
    ["of UTF-16 beyond the end", "utf16", END - 2, 2],
    ["of UTF-16 that is not aligned", "utf16", 1, 1],
    ["of nothing in UTF-16 that is not aligned", "utf16", 1, 0],
    ["of Latin-1 that is not aligned", "latin1+utf16", 1, 1],
    ["of Latin-1 beyond the end", "latin1+utf16", END - 2, 3],
    ["of tagged UTF-16 that is not aligned", "latin1+utf16", 1, TAG + 1],
    ["of tagged UTF-16 beyond the end", "latin1+utf16", END - 2, TAG + 2],
  ])("%s is refused", (_, encoding, at, length) => {
    const { memory } = newMemory(encoding);
    expect(faultCode(() => lifted(codecOf("string"), memory, at, length))).toBe("TRAP");
  });

  it.each<[encoding: StringEncoding, length: number]>([
    ["utf8", -1],
    ["utf8", TAG],
    ["utf16", -1],
    ["utf16", TAG],
    ["latin1+utf16", TAG - 1],
    ["latin1+utf16", -1],
  ])("in %s of %i units is more than is read", (encoding, length) => {
    const { memory } = newMemory(encoding);
    expect(faultCode(() => lifted(codecOf("string"), memory, 0, length))).toBe("RESOURCE_LIMIT");
  });

  it.each([
    ["cut off", "61c3"],
    ["overlong", "c080"],
    ["of a lone surrogate", "eda080"],
    ["of a surrogate pair in UTF-8", "eda0bdedb880"],
    ["beyond the last character", "f4908080"],
    ["of a byte that is in no UTF-8", "ff"],
  ])("that is no UTF-8 is refused: %s", (_, hex) => {
    const { memory } = newMemory();
    const bytes = Buffer.from(hex, "hex");
    memory.peek(0, bytes.length).set(bytes);
    expect(faultCode(() => lifted(codecOf("string"), memory, 0, bytes.length))).toBe("TRAP");
  });

  it.each([
    ["high", "3dd8"],
    ["low", "00de"],
    ["high before a letter", "3dd86100"],
    ["low before high", "00de3dd8"],
  ])("with a lone surrogate is refused: %s", (_, hex) => {
    const bytes = Buffer.from(hex, "hex");
    for (const [encoding, tag] of [
      ["utf16", 0],
      ["latin1+utf16", TAG],
    ] as const) {
      const { memory } = newMemory(encoding);
      memory.peek(0, bytes.length).set(bytes);
      const length = bytes.length / 2 + tag;
      expect(faultCode(() => lifted(codecOf("string"), memory, 0, length))).toBe("TRAP");
    }
  });
});
