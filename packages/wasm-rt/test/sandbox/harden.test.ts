import { describe, expect, it } from "vitest";
import { HardenError, harden } from "../../src/index.ts";

const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, ...content: number[]) => [id, content.length, ...content];
const GROW_TYPE = section(1, 1, 0x60, 1, 0x7f, 1, 0x7f);
const GROW = section(3, 1, 0);
const EXPORTS = section(7, 2, 4, ...[..."grow"].map((c) => c.charCodeAt(0)), 0, 0, 1, 0x6d, 2, 0);
// (func (param i32) (result i32) (memory.grow (local.get 0)))
const CODE = section(10, 1, 6, 0, 0x20, 0, 0x40, 0, 0x0b);

/** A module that exports its memory `m` and a function that grows it. */
function growing(...memoryType: number[]): Uint8Array<ArrayBuffer> {
  const memory = section(5, 1, ...memoryType);
  const bytes = [PREAMBLE, GROW_TYPE, GROW, memory, EXPORTS, CODE].flat();
  return Uint8Array.from(bytes);
}

async function instantiate(bytes: Uint8Array<ArrayBuffer>) {
  const { exports } = (await WebAssembly.instantiate(bytes)).instance;
  return exports as { m: WebAssembly.Memory; grow: (pages: number) => number };
}

const pages = (memoryPages: number) => ({ memoryPages, tableElements: 0, heapBytes: 0 });

describe("harden", () => {
  const cases: [string, number[], number][] = [
    ["without a maximum", [0, 1], 8],
    ["with a larger maximum", [1, 1, 0x80, 0x80, 0x04], 8],
    ["with a smaller maximum, which stays", [1, 1, 3], 3],
    ["whose maximum is its minimum", [1, 2, 2], 2],
  ];
  for (const [what, memoryType, most] of cases) {
    it(`bounds a memory ${what}`, async () => {
      const { m, grow } = await instantiate(harden(growing(...memoryType), pages(8)));
      const start = m.buffer.byteLength / 65_536;
      expect(grow(most - start)).toBe(start);
      expect(grow(1)).toBe(-1);
      expect(m.buffer.byteLength).toBe(most * 65_536);
    });
  }

  it("leaves the rest of the module as it is", async () => {
    const bytes = growing(0, 1);
    const hardened = harden(bytes, pages(8));
    expect(WebAssembly.validate(hardened)).toBe(true);
    expect([...bytes]).toEqual([...growing(0, 1)]);
  });

  it("refuses a memory that starts over the limit, with both numbers", () => {
    expect(() => harden(growing(0, 9), pages(8))).toThrow(
      expect.objectContaining({
        name: "HardenError",
        code: "OVER_LIMIT",
        message: expect.stringMatching(/starts with 9 pages.*limit is 8/),
      }),
    );
  });

  it("refuses memory types that it does not know", () => {
    expect(() => harden(growing(8, 1, 0), pages(8))).toThrow(HardenError);
  });

  it("takes a module without memory", () => {
    const bytes = Uint8Array.from(PREAMBLE);
    expect([...harden(bytes, pages(1))]).toEqual(PREAMBLE);
  });
});
