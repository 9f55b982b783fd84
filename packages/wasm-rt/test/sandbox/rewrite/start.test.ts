import { assembleWat } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import {
  exhausted,
  fuelLeft,
  harden,
  hardenTogether,
  instantiateHardened,
  RESERVED_EXPORTS,
  runWithin,
} from "../../../src/index.ts";

const LIMITS = { memoryPages: 8, tableElements: 8, heapBytes: 0 };

async function compiled(wat: string, fuel?: number): Promise<WebAssembly.Module> {
  return new WebAssembly.Module(harden(await assembleWat(wat), { ...LIMITS, fuel }));
}

const COUNTING = `(module
  (import "host" "note" (func $note (param i32)))
  (memory (export "m") 1)
  (data (i32.const 0) "\\07")
  (func $start (call $note (i32.load8_u (i32.const 0))) (i32.store8 (i32.const 0) (i32.const 9)))
  (start $start)
  (func (export "value") (result i32) (i32.load8_u (i32.const 0))))`;

describe("the start function", () => {
  it("does not run when its module is instantiated, and runs once when it is called", async () => {
    const noted: number[] = [];
    const imports = { host: { note: (value: number) => noted.push(value) } };
    const module = await compiled(COUNTING);
    const bare = new WebAssembly.Instance(module, imports);
    expect(noted).toEqual([]);
    expect(typeof bare.exports[RESERVED_EXPORTS.start]).toBe("function");

    const { value } = instantiateHardened(module, imports).exports;
    expect(noted).toEqual([7]);
    expect((value as () => number)()).toBe(9);
  });

  it("may be one that is imported", async () => {
    let calls = 0;
    const wat = '(module (import "host" "f" (func $f)) (start $f))';
    instantiateHardened(await compiled(wat), { host: { f: () => calls++ } });
    expect(calls).toBe(1);
  });

  it("throws what it throws, traps and errors of imports", async () => {
    const trap = await compiled("(module (func $f unreachable) (start $f))");
    expect(() => instantiateHardened(trap, {})).toThrow(WebAssembly.RuntimeError);
    const wat = '(module (import "host" "f" (func $f)) (start $f))';
    const own = new Error("own");
    const f = () => {
      throw own;
    };
    const throwing = await compiled(wat);
    expect(() => instantiateHardened(throwing, { host: { f } })).toThrow(own);
  });

  it("is interrupted at its deadline", async () => {
    const module = await compiled("(module (func $f (loop (br 0))) (start $f))");
    const late = () => new Error("late");
    expect(() => runWithin(50, () => instantiateHardened(module, {}), late)).toThrow("late");
  });

  it("is metered, and says so through the instance", async () => {
    const module = await compiled("(module (func $f (loop (br 0))) (start $f))", 1000);
    const { exports } = new WebAssembly.Instance(module);
    expect(fuelLeft(exports)).toBe(1000n);
    expect(() => (exports[RESERVED_EXPORTS.start] as () => void)()).toThrow("unreachable");
    expect(exhausted(exports)).toBe("fuel");
  });

  it("is absent where there is none", async () => {
    const module = await compiled("(module)");
    expect(WebAssembly.Module.exports(module)).toEqual([]);
    expect(instantiateHardened(module, {}).exports).toEqual(Object.create(null));
  });
});

describe("the names of hardening", () => {
  const names = Object.values(RESERVED_EXPORTS);
  it.each(names)("%s is refused as an export and as an import, of any kind", async (name) => {
    for (const wat of [
      `(module (func (export "${name}")))`,
      `(module (memory (export "${name}") 1))`,
      `(module (import "a" "${name}" (func)))`,
      `(module (import "a" "${name}" (global (mut i64))))`,
    ]) {
      const bytes = await assembleWat(wat);
      expect(() => hardenTogether([{ bytes, instances: 1 }], LIMITS), wat).toThrow(
        expect.objectContaining({
          code: "RESERVED_NAME",
          message: expect.stringContaining(name),
        }),
      );
    }
  });

  it("leave others free that start alike", async () => {
    const wat = `(module (import "uni:start" "uni:starts" (func))
      (func (export "uni:plugin/types@0.1.0#f")) (func (export "uni:other")) (func (export "uni:hea")))`;
    expect(WebAssembly.Module.exports(await compiled(wat)).map(({ name }) => name)).toEqual([
      "uni:plugin/types@0.1.0#f",
      "uni:other",
      "uni:hea",
    ]);
  });
});
