import { describe, expect, it } from "vitest";
import { hasStart } from "../../src/index.ts";

const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, ...content: number[]) => [id, ...leb128(content.length), ...content];

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >> 7)];
}

const TYPE = section(1, 1, 0x60, 0, 0);
const FUNCTION = section(3, 1, 0);
const START = section(8, 0);
const CODE = section(10, 1, 2, 0, 0x0b);
// A custom section whose name is empty, and whose content looks like a start section.
const DECOY = section(0, 0, ...new Array<number>(200).fill(8));

function valid(...sections: number[][]): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from([...PREAMBLE, ...sections.flat()]);
  expect(WebAssembly.validate(bytes)).toBe(true);
  return bytes;
}

describe("a start function", () => {
  it("is found wherever its section stands", () => {
    expect(hasStart(valid(TYPE, FUNCTION, START, CODE))).toBe(true);
    expect(hasStart(valid(DECOY, TYPE, DECOY, FUNCTION, START, DECOY, CODE))).toBe(true);
  });

  it("is not found in the content of other sections", () => {
    expect(hasStart(valid())).toBe(false);
    expect(hasStart(valid(TYPE, FUNCTION, CODE, DECOY))).toBe(false);
  });
});
