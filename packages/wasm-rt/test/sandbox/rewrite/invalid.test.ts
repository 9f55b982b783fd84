import { describe, expect, it } from "vitest";
import { harden } from "../../../src/index.ts";
import { readModule } from "../../../src/sandbox/rewrite/read-module.ts";
import { rewriteModule } from "../../../src/sandbox/rewrite/rewrite-module.ts";
import { exported, functionType, type ModuleParts, moduleOf } from "./module-of.ts";

const LIMITS = { memoryPages: 8, tableElements: 8, heapBytes: 1000, fuel: 1000 };
const END = 0x0b;
const VALID = {
  types: [functionType([], [])],
  functions: [0],
  memories: [[0, 1]],
  bodies: [[0, END]],
} satisfies ModuleParts;
const body = (...code: number[]) => ({ ...VALID, bodies: [[0, ...code, END]] });

// Each refers to what only rewriting adds: with fuel a function from i32 at index 1, a type at index
// 1, and a global of type i64 at index 0.
const CASES: readonly [string, ModuleParts][] = [
  ["calls the function that is added", body(0x41, 0, 0x10, 1)],
  ["gives itself fuel", body(0x42, 0xff, 0, 0x24, 0)],
  ["reads its fuel", body(0x23, 0, 0x1a)],
  ["has a block of the type that is added", body(0x41, 0, 0x02, 1, 0x1a, END)],
  [
    "calls indirectly by that type",
    { ...body(0x41, 0, 0x41, 0, 0x11, 1, 0), tables: [[0x70, 0, 1]] },
  ],
  ["exports the function that is added", { ...VALID, exports: [exported("f", 0, 1)] }],
  ["exports the global that is added", { ...VALID, exports: [exported("g", 3, 0)] }],
  ["starts with the function that is added", { ...VALID, start: 1 }],
  [
    "puts the function that is added into a table",
    { ...VALID, tables: [[0x70, 0, 1]], elements: [[0, 0x41, 0, END, 1, 1]] },
  ],
  ["refers to that function", { ...body(0xd2, 1, 0x1a), elements: [[3, 0, 1, 1]] }],
  ["has a function of that type", { ...VALID, functions: [1], bodies: [[0, END]] }],
  [
    "has a body without a function",
    {
      ...VALID,
      functions: [0],
      bodies: [
        [0, END],
        [0, END],
      ],
    },
  ],
];

describe("a module that is not valid", () => {
  it.each(CASES)("is refused with the engine's reason: it %s", (_what, parts) => {
    const bytes = moduleOf(parts);
    expect(WebAssembly.validate(bytes)).toBe(false);
    expect(() => harden(bytes, LIMITS)).toThrow(
      expect.objectContaining({
        name: "HardenError",
        code: "INVALID_MODULE",
        message: expect.stringMatching(
          /^the module is not valid WebAssembly: WebAssembly\.Module\(\): /,
        ),
        cause: expect.any(WebAssembly.CompileError),
      }),
    );
  });

  it("could be valid once it is rewritten, so that this check is needed", () => {
    const made = CASES.filter(([, parts]) => {
      const shape = readModule(moduleOf(parts));
      return WebAssembly.validate(rewriteModule(shape, LIMITS, () => 8));
    }).map(([what]) => what);
    expect(made).toContain("gives itself fuel");
    expect(made).toContain("calls the function that is added");
  });

  it("is valid without that", () => {
    expect(WebAssembly.validate(moduleOf(VALID))).toBe(true);
  });

  it("is no module at all", () => {
    for (const bytes of [new Uint8Array(), Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0)]) {
      expect(() => harden(bytes, LIMITS)).toThrow(
        expect.objectContaining({ code: "INVALID_MODULE" }),
      );
    }
  });

  it("is judged as it is read, though another thread could write it", () => {
    const bytes = moduleOf(VALID);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(harden(shared, LIMITS)).toEqual(harden(bytes, LIMITS));
  });
});
