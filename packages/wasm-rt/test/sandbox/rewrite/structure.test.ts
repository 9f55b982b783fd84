import { assembleWat } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { harden, moduleSections } from "../../../src/index.ts";
import { InstructionReader } from "../../../src/sandbox/rewrite/instruction-reader.ts";
import { readModule } from "../../../src/sandbox/rewrite/read-module.ts";
import {
  custom,
  exported,
  functionType,
  imported,
  type ModuleParts,
  moduleOf,
  PREAMBLE,
  section,
  sectionsOf,
  vector,
} from "./module-of.ts";

const LIMITS = { memoryPages: 8, tableElements: 8, heapBytes: 1000 };
const METERED = { ...LIMITS, fuel: 1000 };
const END = 0x0b;
const WHOLE: ModuleParts = {
  types: [functionType([], [])],
  imports: [imported("a", "b", [0, 0])],
  functions: [0],
  tables: [[0x70, 0, 1]],
  memories: [[0, 1]],
  tags: [[0, 0]],
  globals: [[0x7f, 0, 0x41, 0, END]],
  exports: [exported("größe", 0, 1)],
  start: 1,
  elements: [[0, 0x41, 0, END, 1, 1]],
  dataCount: 1,
  bodies: [[0, 0x10, 0, END]],
  data: [[0, 0x41, 0, END, 1, 42]],
};

const sectionIds = (bytes: Uint8Array) => [...moduleSections(bytes)].map(({ id }) => id);

describe("a rewritten module", () => {
  it("keeps custom sections byte for byte, wherever they stand, but those of code offsets", () => {
    const kept = [
      "name",
      "sourceMappingURL",
      "producers",
      "target_features",
      "dylink.0",
      "",
      "metadata",
    ];
    const dropped = [
      "metadata.code.branch_hint",
      ".debug_info",
      ".debug_line",
      "reloc.CODE",
      "linking",
      "external_debug_info",
    ];
    const names = [...kept, ...dropped];
    const sections = sectionsOf(WHOLE);
    const bytes = Uint8Array.from([
      ...PREAMBLE,
      ...names.flatMap((name, i) => [...custom(name, [i, 255, 0]), ...(sections[i] ?? [])]),
    ]);
    const hardened = harden(bytes, METERED);
    const module = new WebAssembly.Module(hardened);
    for (const [i, name] of names.entries()) {
      const contents = WebAssembly.Module.customSections(module, name);
      const expected = kept.includes(name) ? [[i, 255, 0]] : [];
      expect(
        contents.map((content) => [...new Uint8Array(content)]),
        name,
      ).toEqual(expected);
    }
  });

  it("keeps imports and exports in their order, and adds its own at the end", () => {
    const bytes = moduleOf(WHOLE);
    const [before, after] = [bytes, harden(bytes, METERED)].map(
      (code) => new WebAssembly.Module(code),
    );
    if (before === undefined || after === undefined) throw new Error("nothing was compiled");
    expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
    expect(WebAssembly.Module.exports(after)).toEqual([
      ...WebAssembly.Module.exports(before),
      { name: "uni:fuel", kind: "global" },
      { name: "uni:start", kind: "function" },
    ]);
  });

  it("has the sections that it lacked, in the order of the format", () => {
    expect(sectionIds(harden(moduleOf({}), METERED))).toEqual([1, 3, 6, 7, 10]);
    const parts: ModuleParts = { memories: [[0, 1]], data: [[0, 0x41, 0, END, 1, 1]] };
    expect(sectionIds(harden(moduleOf(parts), METERED))).toEqual([1, 3, 5, 6, 7, 10, 11]);
    expect(sectionIds(harden(moduleOf(WHOLE), METERED))).toEqual([
      1, 2, 3, 4, 5, 13, 6, 7, 9, 12, 10, 11,
    ]);
    for (const hardened of [harden(moduleOf({}), METERED), harden(moduleOf(parts), METERED)]) {
      expect(WebAssembly.validate(hardened)).toBe(true);
    }
  });

  it("is the same byte for byte where nothing has to be done", async () => {
    const bytes = await assembleWat(`(module (import "a" "b" (func)) (global i32 (i32.const 1))
      (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))`);
    expect(harden(bytes, LIMITS)).toEqual(bytes);
    expect([...harden(Uint8Array.from(PREAMBLE), LIMITS)]).toEqual(PREAMBLE);
  });

  it("leaves the original alone, and can be rewritten only once", () => {
    const bytes = moduleOf(WHOLE);
    const copy = bytes.slice();
    const hardened = harden(bytes, METERED);
    expect(bytes).toEqual(copy);
    expect(() => harden(hardened, METERED)).toThrow(
      expect.objectContaining({ code: "RESERVED_NAME" }),
    );
  });

  it("counts the types of recursive groups one by one", () => {
    const group = [0x4e, 2, ...functionType([], []), 0x50, 0, ...functionType([0x7f], [])];
    const bytes = moduleOf({
      types: [group, functionType([], [])],
      functions: [0, 2],
      memories: [[0, 1]],
      bodies: [
        [0, 0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 11, 0, END],
        [0, END],
      ],
    });
    if (!WebAssembly.validate(bytes)) {
      expect(() => harden(bytes, LIMITS)).toThrow(/not valid WebAssembly/);
      return;
    }
    expect(WebAssembly.validate(harden(bytes, METERED))).toBe(true);
  });
});

// What no engine takes today without a flag, so that only the reader is asked.
const UNKNOWN: readonly [string, number[], RegExp][] = [
  ["a section", section(14, [0]), /a section with the id 14, at byte 8 of the module/],
  ["a form of a type", section(1, [1, 0x5d, 0]), /a type of the form 0x5d/],
  ["a shared type", section(1, [1, 0x65, 0x5e, 0x7f, 0]), /a type of the form 0x65/],
  ["a value type", section(1, [1, 0x60, 1, 0x76, 0]), /a value type 0x76/],
  ["a continuation", section(1, [1, 0x60, 1, 0x68, 0]), /a value type 0x68/],
  ["a heap type", section(1, [1, 0x60, 1, 0x63, 0x67, 0]), /a heap type 0x67/],
  ["a padded heap type", section(1, [1, 0x60, 1, 0x63, 0xf0, 0x7f, 0]), /more than one byte/],
  ["a mutability", section(6, [1, 0x7f, 2, 0x41, 0, END]), /a mutability 0x02/],
  [
    "an import",
    section(2, [1, ...vector([97]), ...vector([98]), 5, 0]),
    /an import of the kind 0x05/,
  ],
  ["a page size", section(5, [1, 0x08, 1, 0]), /a memory with the limits flags 0x08/],
  ["a shared table", section(4, [1, 0x70, 0x03, 1, 1]), /a table with the limits flags 0x03/],
  ["a form of a table", section(4, [1, 0x40, 0x01, 0x70, 0, 0]), /a table of the form 0x01/],
  ["an attribute of a tag", section(13, [1, 1, 0]), /a tag of the attribute 0x01/],
  ["an element segment", section(9, [1, 8]), /an element segment of form 0x08/],
  ["a kind of elements", section(9, [1, 1, 1, 0]), /an element segment of the kind 0x01/],
  ["a data segment", section(11, [1, 3]), /a data segment of form 0x03/],
  [
    "an opcode in a constant expression",
    section(6, [1, 0x7f, 0, 0xfa, END]),
    /a constant expression, at byte 13 of the module, has the opcode 0xfa/,
  ],
];

describe("what is not known is refused by name:", () => {
  it.each(UNKNOWN)("%s", (_what, bytes, message) => {
    expect(() => readModule(Uint8Array.from([...PREAMBLE, ...bytes]))).toThrow(
      expect.objectContaining({
        name: "HardenError",
        code: "UNKNOWN_FEATURE",
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each([
    ["a catch", [0x1f, 0x40, 1, 4, 0], /a catch of the kind 0x04/],
    ["a cast", [0xfb, 24, 4, 0, 0x6b, 0x6b], /the cast flags 0x04/],
    ["a block type", [0x02, 0x41], /a value type 0x41/],
    ["a padded block type", [0x02, 0xff, 0x7f], /more than one byte/],
    ["a local of a select", [0x1c, 1, 0x40], /a value type 0x40/],
  ])("%s", (_what, bytes, message) => {
    const reader = new InstructionReader(Uint8Array.from(bytes), 0);
    expect(() => reader.next()).toThrow(
      expect.objectContaining({
        code: "UNKNOWN_FEATURE",
        message: expect.stringMatching(message),
      }),
    );
  });
});
