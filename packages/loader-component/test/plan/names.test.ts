import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ComponentError } from "../../src/component-error.ts";
import { isPlainName, requireName } from "../../src/plan/names.ts";

/** Control and format characters, lone surrogates and separators of lines. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const CHARACTERS = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
const plain = CHARACTERS.filter((c) => c >= " " && c <= "~" && !"\"'`\\".includes(c));
const refused = fc.oneof(
  fc.constantFrom(...CHARACTERS.filter((c) => !plain.includes(c))),
  fc.constantFrom(..."\"'`\\\n\r\t\0\u001b\u007f\u2028\u202e"),
);
const around = fc.string({ unit: fc.constantFrom(...plain), maxLength: 200 });

describe("a plain name", () => {
  it("is of printable ASCII without quotes, backtick and backslash, and of nothing else", () => {
    expect(CHARACTERS.filter(isPlainName)).toEqual(plain);
    expect(plain).toHaveLength(0x5f - 4);
  });

  it("is none with one other character anywhere", () => {
    fc.assert(
      fc.property(around, refused, around, (before, character, after) => {
        expect(isPlainName(before + after)).toBe(true);
        expect(isPlainName(before + character + after)).toBe(false);
      }),
    );
  });

  it("has at most 512 characters", () => {
    expect(isPlainName("a".repeat(512))).toBe(true);
    expect(isPlainName("a".repeat(513))).toBe(false);
  });

  it.each(["memory", "cm32p2|t:t/host", "[method]r.m", "$imports", "wasi:io/poll@0.2.3", ""])(
    "may be %j",
    (name) => {
      expect(isPlainName(name)).toBe(true);
      expect(() => requireName(name, "name")).not.toThrow();
    },
  );
});

describe("the refusal of a name", () => {
  it("is short, of one line, and has nothing of the name that a terminal would obey", () => {
    const hostile = fc.array(fc.oneof(refused, around), { maxLength: 20 }).map((x) => x.join(""));
    fc.assert(
      fc.property(hostile, (name) => {
        fc.pre(!isPlainName(name));
        const error = refusal(name);
        expect(error).toBeInstanceOf(ComponentError);
        expect(error).toMatchObject({ code: "INVALID_PLUGIN" });
        expect(error.message.length).toBeLessThan(500);
        expect(error.message).not.toMatch(UNSAFE);
      }),
    );
  });

  it.each([
    ["another direction of writing", "\u202egnp.exe\u2066"],
    ["line breaks of Unicode", "a\u2028b\u2029c"],
    ["a control sequence of one character", "\u009b31mred"],
    ["a delete", "\u007f"],
  ])("does not print %s as it is", (_, name) => {
    expect(refusal(name).message).not.toMatch(UNSAFE);
  });
});

function refusal(name: string): Error {
  try {
    requireName(name, "name of a test");
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error(`${JSON.stringify(name)} was taken`);
}
