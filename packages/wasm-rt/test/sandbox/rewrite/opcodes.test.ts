import { describe, expect, it } from "vitest";
import { harden } from "../../../src/index.ts";
import { InstructionReader } from "../../../src/sandbox/rewrite/instruction-reader.ts";
import { EVERYWHERE, EXNREF, GC, MULTI_MEMORY } from "./every-opcode.ts";
import { RELAXED } from "./every-vector-opcode.ts";
import { functionType, moduleOf } from "./module-of.ts";
import { SAMPLE_MODULE, type Sample } from "./sample.ts";

const LIMITS = { memoryPages: 16, tableElements: 16, heapBytes: 2 ** 20 };
const METERED = { ...LIMITS, fuel: 1_000_000 };
const [UNREACHABLE, END] = [0x00, 0x0b];
const GC_TYPES = [
  [0x5f, 2, 0x7f, 1, 0x78, 1],
  [0x5e, 0x7f, 1],
  [0x5e, 0x78, 1],
  [0x5e, 0x70, 1],
];

/** A module whose second function has the instruction in code that is never reached. */
function moduleWith({ before = [], bytes, rest = [], gc = false }: Sample, memories = 1) {
  const code = [UNREACHABLE, ...before, ...bytes, ...rest, UNREACHABLE];
  return moduleOf({
    ...SAMPLE_MODULE,
    types: [functionType([], []), ...(gc ? GC_TYPES : [])],
    memories: Array.from({ length: memories }, () => [1, 1, 2]),
    bodies: [
      [0, END],
      [1, 1, 0x7f, ...code, END],
    ],
  });
}

const runs = (sample: Sample, memories?: number) =>
  WebAssembly.validate(moduleWith(sample, memories));

const ALL = [...EVERYWHERE, ...EXNREF, ...RELAXED, ...GC, ...MULTI_MEMORY];

describe("every instruction", () => {
  it("is read to its end", () => {
    const wrong = ALL.filter(({ bytes }) => {
      const reader = new InstructionReader(Uint8Array.from([...bytes, ...Array(20).fill(0)]), 0);
      reader.next();
      return reader.at !== bytes.length;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("of those that every engine takes is valid in the module of this test", () => {
    expect(EVERYWHERE.filter((sample) => !runs(sample)).map(({ name }) => name)).toEqual([]);
    expect(EVERYWHERE.length).toBeGreaterThan(500);
  });

  it.each([
    ["GC", GC],
    ["exnref", EXNREF],
    ["relaxed SIMD", RELAXED],
  ])("of %s is valid where the engine has any of them", (_what, samples) => {
    const refused = samples.filter((sample) => !runs(sample)).map(({ name }) => name);
    if (refused.length < samples.length) expect(refused).toEqual([]);
  });

  it.each([
    ["without fuel", LIMITS],
    ["with fuel", METERED],
  ])("is valid after rewriting where it was before, %s", (_what, limits) => {
    const wrong: string[] = [];
    for (const sample of ALL) {
      for (const memories of [1, 2]) {
        if (!runs(sample, memories)) continue;
        const hardened = harden(moduleWith(sample, memories), limits);
        if (!WebAssembly.validate(hardened)) wrong.push(sample.name);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("stays where it is when nothing guards it", () => {
    const sample = { name: "v128.const", bytes: [0xfd, 12, ...Array<number>(16).fill(0x0b)] };
    const hardened = [...harden(moduleWith(sample), LIMITS)];
    expect(hardened.join()).toContain([UNREACHABLE, ...sample.bytes, UNREACHABLE, END].join());
  });
});

describe("an unknown opcode", () => {
  const known = new Set(ALL.map(({ bytes }) => codeOf(bytes).join(" ")));
  const single = Array.from({ length: 256 }, (_, code) => [code]).filter(
    ([code = 0]) => code < 0xfb || code === 0xff,
  );
  const prefixed = [0xfb, 0xfc, 0xfd, 0xfe].flatMap((prefix) =>
    Array.from({ length: 0x220 }, (_, code) => [prefix, code]),
  );

  it.each([
    ["of one byte", single],
    ["behind a prefix", prefixed],
  ])("%s is refused by name", (_what, codes) => {
    for (const code of codes) {
      const bytes = [code[0] ?? 0, ...(code.length > 1 ? lebOf(code[1] ?? 0) : [])];
      const reader = new InstructionReader(Uint8Array.from([...bytes, ...Array(40).fill(0)]), 0);
      reader.functionIndex = 7;
      if (known.has(code.join(" "))) {
        expect(() => reader.next(), code.join(" ")).not.toThrow();
        continue;
      }
      const name = code.map((part) => `0x${part.toString(16).padStart(2, "0")}`).join(" ");
      expect(() => reader.next(), name).toThrow(
        expect.objectContaining({
          code: "UNKNOWN_FEATURE",
          message: expect.stringContaining(
            `function 7, at byte 0 of the module, has the opcode ${name}`,
          ),
        }),
      );
    }
  });
});

/** Prefix and opcode as numbers. */
function codeOf([first = 0, ...rest]: readonly number[]): number[] {
  if (first < 0xfb) return [first];
  let value = 0;
  for (const [i, byte] of rest.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) break;
  }
  return [first, value];
}

function lebOf(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >> 7];
}
