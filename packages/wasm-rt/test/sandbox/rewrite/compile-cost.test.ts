import { describe, expect, it } from "vitest";
import { harden } from "../../../src/index.ts";
import { functionType, leb, moduleOf } from "./module-of.ts";

const LIMITS = { memoryPages: 1, tableElements: 1, heapBytes: 1 };
const [I64, END, DROP] = [0x7e, 0x0b, 0x1a];
const ZERO = [0x41, 0];
const repeat = (count: number, code: readonly number[]) => Array(count).fill(code).flat();

/** A function with so many local variables. */
const functionOf = (locals: number, code: readonly number[]) =>
  moduleOf({
    types: [functionType([], [])],
    functions: [0],
    bodies: [[1, ...leb(locals), I64, ...code, END]],
  });

const IF = [...ZERO, 0x04, 0x40, END];
const hostile: [string, Uint8Array<ArrayBuffer>][] = [
  ["ifs over local variables", functionOf(49_000, repeat(1000, IF))],
  [
    "ifs over a high stack",
    functionOf(0, [...repeat(49_000, ZERO), ...repeat(1000, IF), ...repeat(49_000, [DROP])]),
  ],
  [
    "loops over a high stack",
    functionOf(0, [
      ...repeat(49_000, ZERO),
      ...repeat(1000, [0x03, 0x40, END]),
      ...repeat(49_000, [DROP]),
    ]),
  ],
  ["else branches", functionOf(20_000, repeat(300, [...ZERO, 0x04, 0x40, 0x05, END]))],
  [
    "a table of branches",
    functionOf(49_000, [0x02, 0x40, ...ZERO, 0x0e, ...leb(1000), ...repeat(1001, [0]), END]),
  ],
  [
    "conditional branches",
    functionOf(49_000, [0x02, 0x40, ...repeat(1000, [...ZERO, 0x0d, 0]), END]),
  ],
  [
    "blocks within blocks",
    functionOf(0, [...repeat(400_000, [0x02, 0x40]), ...repeat(400_000, [END])]),
  ],
  [
    "a stack that grows from block to block",
    functionOf(0, [...repeat(3000, [...ZERO, ...repeat(4, IF)]), ...repeat(3000, [DROP])]),
  ],
];

describe("a function that the engine would compile for long is refused:", () => {
  it.each(hostile)("%s", (_what, bytes) => {
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(() => harden(bytes, LIMITS)).toThrow(
      expect.objectContaining({
        code: "OVER_LIMIT",
        message: expect.stringMatching(/function 0 has so many branches, with up to \d+ values/),
      }),
    );
  });

  it("and one is not that has many variables, a high stack or many branches alone", () => {
    const harmless = [
      functionOf(49_000, repeat(100, IF)),
      functionOf(0, [...repeat(100_000, ZERO), ...repeat(100_000, [DROP])]),
      functionOf(10, repeat(50_000, IF)),
      // What a block leaves behind is below its branches, and what it took is gone.
      functionOf(0, repeat(20_000, [0x02, 0x40, ...ZERO, ...ZERO, 0x0c, 0, END, ...IF])),
    ];
    for (const bytes of harmless) expect(harden(bytes, LIMITS)).toBeInstanceOf(Uint8Array);
  });
});
