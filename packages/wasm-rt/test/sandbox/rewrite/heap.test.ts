import { assembleWat } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { exhausted, harden, RESERVED_EXPORTS } from "../../../src/index.ts";
import { exported, functionType, moduleOf, sleb } from "./module-of.ts";

const LIMITS = { memoryPages: 1, tableElements: 100 };
const [I32, I64, END] = [0x7f, 0x7e, 0x0b];
const TYPES = [
  functionType([I32], []),
  [0x5f, 3, I32, 1, I64, 1, 0x78, 1], // 1: a struct of three fields
  [0x5e, I64, 1], // 2: an array of i64
  [0x5e, 0x77, 1], // 3: an array of i16
  [0x5e, 0x70, 1], // 4: an array of functions
];

/** A module of these types that exports a function of one i32. */
function allocating(code: readonly number[], more: object = {}): Uint8Array<ArrayBuffer> {
  return moduleOf({
    types: TYPES,
    functions: [0],
    exports: [exported("f", 0, 0)],
    elements: [[1, 0, 2, 0, 0]],
    dataCount: 1,
    bodies: [[0, ...code, 0x1a, END]],
    data: [[1, 16, ...Array<number>(16).fill(1)]],
    ...more,
  });
}

function instance(bytes: Uint8Array, heapBytes: number) {
  const module = new WebAssembly.Module(harden(bytes, { ...LIMITS, heapBytes }));
  const { exports } = new WebAssembly.Instance(module);
  return { exports, call: (argument: number) => (exports.f as (n: number) => unknown)(argument) };
}

const hasGc = WebAssembly.validate(moduleOf({ types: TYPES }));

// A struct takes 16 bytes and 8 for a field; an array 32 and its elements.
const COSTS: readonly [string, number[], number, number][] = [
  ["struct.new", [0x41, 0, 0x42, 0, 0x41, 0, 0xfb, 0, 1], 0, 40],
  ["struct.new_default", [0xfb, 1, 1], 0, 40],
  ["array.new", [0x42, 5, 0x20, 0, 0xfb, 6, 2], 100, 832],
  ["array.new_default", [0x20, 0, 0xfb, 7, 3], 100, 232],
  ["array.new_fixed", [0x42, 0, 0x42, 0, 0xfb, 8, 2, 2], 0, 48],
  ["array.new_data", [0x41, 0, 0x20, 0, 0xfb, 9, 3, 0], 8, 48],
  ["array.new_elem", [0x41, 0, 0x20, 0, 0xfb, 10, 4, 0], 2, 48],
];

describe("the engine's heap", () => {
  it.each(COSTS)("is counted by %s", (_name, code, argument, bytes) => {
    const original = allocating(code);
    if (!hasGc) {
      expect(() => harden(original, { ...LIMITS, heapBytes: 0 })).toThrow(/not valid/);
      return;
    }
    const twice = instance(original, 2 * bytes);
    twice.call(argument);
    expect(exhausted(twice.exports)).toBeUndefined();
    twice.call(argument);
    expect(() => twice.call(argument)).toThrow("unreachable");
    expect(exhausted(twice.exports)).toBe("heap");
  });

  it("is not touched for an array that is over the budget, however large", () => {
    const original = allocating([0x20, 0, 0xfb, 7, 2]);
    if (!hasGc) return expect(WebAssembly.validate(original)).toBe(false);
    const { call, exports } = instance(original, 1000);
    expect(() => call(-1)).toThrow("unreachable");
    expect(exhausted(exports)).toBe("heap");
  });

  it("is counted by exceptions and what they carry", async () => {
    const wat = `(module (tag $e (param i64 i64)) (func (export "f") (param i32)
      (loop (try (do (throw $e (i64.const 1) (i64.const 2))) (catch_all))
        (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`;
    const original = await assembleWat(wat, { exceptions: true });
    const { call, exports } = instance(original, 10 * (256 + 2 * 64));
    call(10);
    expect(exhausted(exports)).toBeUndefined();
    // The trap is no exception that the guest could catch.
    expect(() => call(1)).toThrow("unreachable");
    expect(exhausted(exports)).toBe("heap");
  });

  it("is counted in constant expressions before anything is instantiated", () => {
    const global = (...code: number[]) => [0x64, 2, 0, ...code, END];
    const original = (length: number) =>
      allocating([0xfb, 1, 1], {
        globals: [
          global(0x42, 0, 0x41, ...sleb(length), 0xfb, 6, 2),
          global(0x42, 0, 0xfb, 8, 2, 1),
        ],
      });
    if (!hasGc) return expect(WebAssembly.validate(original(1))).toBe(false);
    const bytes = 32 + 800 + 32 + 8;
    const { exports, call } = instance(original(100), bytes + 40);
    expect(exports[RESERVED_EXPORTS.heap]).toMatchObject({ value: 40n });
    call(0);
    expect(() => call(0)).toThrow("unreachable");
    expect(() => instance(original(100), bytes - 1)).toThrow(
      `the module starts with ${bytes} bytes on the engine's heap, and the limit is ${bytes - 1}`,
    );
    expect(() => instance(original(-1), 2 ** 31)).toThrow(
      expect.objectContaining({ code: "OVER_LIMIT" }),
    );
  });

  it("is refused in a constant expression that computes a length", () => {
    const code = [0x42, 0, 0x41, 1, 0x41, 1, 0x6a, 0xfb, 6, 2];
    const original = allocating([0xfb, 1, 1], { globals: [[0x64, 2, 0, ...code, END]] });
    if (!hasGc) return expect(WebAssembly.validate(original)).toBe(false);
    expect(() => instance(original, 1000)).toThrow(
      expect.objectContaining({
        code: "UNKNOWN_FEATURE",
        message: expect.stringContaining("computes the length of an array"),
      }),
    );
  });

  it("costs nothing where a module cannot use it", async () => {
    const { exports } = instance(await assembleWat('(module (func (export "f") (param i32)))'), 0);
    expect(Object.keys(exports)).toEqual(["f"]);
  });

  it("is never taken by more than what was counted", () => {
    if (!hasGc) return expect(WebAssembly.validate(allocating([0xfb, 1, 1]))).toBe(false);
    // A list: each struct has the one before it, so that nothing is freed.
    const types = [functionType([I32], []), [0x5f, 2, 0x63, 1, 1, I64, 1]];
    const code = [
      [0x03, 0x40, 0x23, 0, 0x42, 0, 0xfb, 0, 1, 0x24, 0],
      [0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, END],
    ].flat();
    const original = moduleOf({
      types,
      functions: [0],
      globals: [[0x63, 1, 1, 0xd0, 1, END]],
      exports: [exported("f", 0, 0)],
      bodies: [[0, ...code, END]],
    });
    const count = 500_000;
    const counted = count * (16 + 2 * 8);
    const { call } = instance(original, counted);
    const before = process.memoryUsage().heapUsed;
    call(count);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(counted * 1.2);
    expect(() => call(1)).toThrow("unreachable");
  });
});
