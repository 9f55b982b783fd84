import { assembleWat, readFixture } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { exhausted, fuelLeft, harden, instantiateHardened } from "../../../src/index.ts";
import { exported, functionType, moduleOf } from "./module-of.ts";
import { recordedHost } from "./recorded-host.ts";

const LIMITS = { memoryPages: 64, tableElements: 1000, heapBytes: 0 };
const PLENTY = 1_000_000_000;

function instance(bytes: Uint8Array, fuel: number, imports: WebAssembly.Imports = {}) {
  const module = new WebAssembly.Module(harden(bytes, { ...LIMITS, fuel }));
  const { exports } = instantiateHardened(module, imports);
  const call = (name: string, ...args: unknown[]): unknown =>
    (exports[name] as (...args: unknown[]) => unknown)(...args);
  return { exports, call, used: () => fuel - Number(fuelLeft(exports)) };
}

const host = (bytes: Uint8Array<ArrayBuffer>) =>
  recordedHost(new WebAssembly.Module(bytes)).imports;

const RECURSION = `(func $f (export "f") (param i32)
  (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1))))))`;
const LOOP = `(func (export "f") (param i32)
  (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))`;
const NESTED = `(func (export "f") (param i32) (local i32)
  nop
  (loop $outer
    (local.set 1 (i32.const 3))
    (loop $inner (br_if $inner (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
    (br_if $outer (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))`;
const BRANCHES = `(func (export "f") (param i32)
  (block $b (br_table $b $b (local.get 0)))
  (if (local.get 0) (then nop nop) (else nop)))`;
const FILL = `(memory 64) (func (export "f") (param i32)
  (memory.fill (i32.const 0) (i32.const 0) (local.get 0)))`;
const constantFill = (length: number) => `(memory 64) (func (export "f") (param i32)
  (memory.fill (i32.const 0) (i32.const 0) (i32.const ${length})))`;
const COPY = `(memory 64) (func (export "f") (param i32)
  (memory.copy (i32.const 0) (i32.const 0) (local.get 0)))`;
const TABLE = `(table 100 funcref) (func (export "f") (param i32)
  (table.fill 0 (i32.const 0) (ref.null func) (local.get 0)))`;
const GROW = `(memory 1) (func (export "f") (param i32) (drop (memory.grow (local.get 0))))`;
const GROW_TABLE = `(table 1 funcref) (func (export "f") (param i32)
  (drop (table.grow 0 (ref.null func) (local.get 0))))`;

// Delimiters cost nothing: end, else, catch.
const COSTS: readonly [string, string, number, number][] = [
  ["an instruction each", '(func (export "f") (param i32) local.get 0 drop nop)', 0, 3],
  ["nothing for an empty function", '(func (export "f") (param i32))', 0, 0],
  ["both branches, whichever is taken", BRANCHES, 1, 8],
  ["a loop at each turn", LOOP, 10, 1 + 10 * 5],
  ["a loop in a loop apart", NESTED, 4, 2 + 4 * (2 + 1 + 5 + 3 * 5)],
  ["every call", RECURSION, 9, 10 * 6],
  ["an eighth for a byte that is filled", FILL, 1_000_000, 4 + 125_000],
  ["an eighth for a byte that is copied", COPY, 4_000_007, 4 + 500_000],
  ["the same for a short length that is a constant", constantFill(1023), 0, 4 + 127],
  ["the same for a long length that is a constant", constantFill(1033), 0, 4 + 129],
  ["one for an element", TABLE, 99, 4 + 99],
  ["64 for a page", GROW, 3, 3 + 3 * 64],
  ["little for a page that cannot be had", GROW, -1, 3],
  ["one for an element that a table grows by", GROW_TABLE, 9, 4 + 9],
  ["little for elements that cannot be had", GROW_TABLE, -1, 4],
];

describe("fuel", () => {
  it.each(COSTS)("is %s", async (_what, wat, argument, cost) => {
    const bytes = await assembleWat(`(module ${wat})`);
    const enough = instance(bytes, cost);
    enough.call("f", argument);
    expect(fuelLeft(enough.exports)).toBe(0n);
    expect(exhausted(enough.exports)).toBeUndefined();
    if (cost === 0) return;

    const short = instance(bytes, cost - 1);
    expect(() => short.call("f", argument)).toThrow("unreachable");
    expect(exhausted(short.exports)).toBe("fuel");
    expect(fuelLeft(short.exports)).toBeLessThan(0n);
  });

  it("is paid before what it is for has an effect", async () => {
    const wat = `(module (memory (export "m") 1) (func (export "f")
      (memory.fill (i32.const 0) (i32.const 7) (i32.const 8000))))`;
    const { call, exports } = instance(await assembleWat(wat), 4 + 999);
    expect(() => call("f")).toThrow("unreachable");
    const { m } = exports;
    if (!(m instanceof WebAssembly.Memory)) throw new Error("the module exports no memory");
    expect(new Uint8Array(m.buffer, 0, 8000).every((byte) => byte === 0)).toBe(true);
  });

  it("cannot be caught when it runs out", async () => {
    const wat = `(module (global $caught (export "caught") (mut i32) (i32.const 0))
      (func (export "f") (try (do (loop (br 0))) (catch_all (global.set $caught (i32.const 1))))))`;
    const { call, exports } = instance(await assembleWat(wat, { exceptions: true }), 100);
    expect(() => call("f")).toThrow("unreachable");
    expect(exports.caught).toMatchObject({ value: 0 });
    expect(exhausted(exports)).toBe("fuel");
  });

  it("stays used up, however often a host calls again", async () => {
    const { call, exports } = instance(await assembleWat(`(module ${FILL})`), 10);
    for (let i = 0; i < 100; i++) expect(() => call("f", -1)).toThrow("unreachable");
    expect(exhausted(exports)).toBe("fuel");
  });

  it("does not overflow by lengths of 64 bits", () => {
    const I64 = 0x7e;
    // memory.fill(0, 0, n) and memory.grow(n) of a 64-bit memory.
    const bytes = moduleOf({
      types: [functionType([I64], []), functionType([I64], [I64])],
      functions: [0, 1],
      memories: [[4, 1]],
      exports: [exported("fill", 0, 0), exported("grow", 0, 1)],
      bodies: [
        [0, 0x42, 0, 0x41, 0, 0x20, 0, 0xfc, 11, 0, 0x0b],
        [0, 0x20, 0, 0x40, 0, 0x0b],
      ],
    });
    if (!WebAssembly.validate(bytes)) {
      expect(() => harden(bytes, LIMITS)).toThrow(/not valid WebAssembly/);
      return;
    }
    for (const length of [-1n, 2n ** 63n, 2n ** 62n]) {
      const { call, exports, used } = instance(bytes, Number.MAX_SAFE_INTEGER);
      expect(call("grow", length)).toBe(-1n);
      expect(used()).toBe(2);
      // As much as can be charged for, and out of bounds.
      for (let i = 0; i < 3; i++) expect(() => call("fill", length)).toThrow("out of bounds");
      expect(used()).toBe(2 + 3 * (4 + 2 ** 37));
      expect(exhausted(exports)).toBeUndefined();
    }
  });

  it("is absent where nobody asked for it", async () => {
    const bytes = await assembleWat(`(module ${LOOP})`);
    const module = new WebAssembly.Module(harden(bytes, LIMITS));
    const { exports } = new WebAssembly.Instance(module);
    expect(Object.keys(exports)).toEqual(["f"]);
    expect(fuelLeft(exports)).toBeUndefined();
    expect(exhausted(exports)).toBeUndefined();
  });
});

// Recorded, so that every engine and every platform must agree.
const GUESTS = [
  ["stats", 274_855],
  ["text", 212_141],
  ["vec", 231_214],
] as const;

describe("the fuel of a real guest", () => {
  it.each(GUESTS)("is always the same: %s", (name, recorded) => {
    const used = () => {
      const bytes = readFixture(name);
      const guest = instance(bytes, PLENTY, host(bytes));
      for (const call of ["manifest", "register"]) expect(guest.call(call)).toBe(0);
      return guest.used();
    };
    expect([used(), used()]).toEqual([recorded, recorded]);
  });
});
