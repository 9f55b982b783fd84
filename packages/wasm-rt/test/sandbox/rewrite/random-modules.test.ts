import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuelLeft, harden } from "../../../src/index.ts";
import { randomModule } from "./random-module.ts";
import { FUNCTION_TYPES, GLOBAL_NAMES } from "./random-signatures.ts";

const LIMITS = { memoryPages: 3, tableElements: 16, heapBytes: 2 ** 30 };
const TURNS = 300;
const ARGUMENTS: readonly (readonly unknown[])[] = [
  [3],
  [7n, 1.5],
  [0.25, 9],
  [],
  [-1],
  [-5n, Number.NaN],
];

/** Everything that can be seen of a module after all of its functions were called. */
function observed(bytes: Uint8Array<ArrayBuffer>) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { memory, table, turns } = exports;
  if (
    !(memory instanceof WebAssembly.Memory) ||
    !(table instanceof WebAssembly.Table) ||
    !(turns instanceof WebAssembly.Global)
  ) {
    throw new Error("the module lacks an export");
  }
  const results = FUNCTION_TYPES.map((_, i) => {
    turns.value = TURNS;
    try {
      return (exports[`f${i}`] as (...args: unknown[]) => unknown)(...(ARGUMENTS[i] ?? []));
    } catch (error) {
      return String(error);
    }
  });
  return {
    fuel: fuelLeft(exports),
    seen: {
      results,
      memory: Buffer.from(memory.buffer).toString("base64"),
      globals: GLOBAL_NAMES.map((name) => exports[name] as WebAssembly.Global).map((global) =>
        Object.is(global.value, Number.NaN) ? "NaN" : global.value,
      ),
      table: Array.from(
        { length: table.length },
        (_, i) => (table.get(i) as { name: string } | null)?.name,
      ),
    },
  };
}

describe("a random module", () => {
  it("does the same after rewriting, with and without fuel, which is always the same", () => {
    let traps = 0;
    let ends = 0;
    const choices = fc.array(fc.nat(1_000_000), { minLength: 50, maxLength: 1500, size: "max" });
    fc.assert(
      fc.property(choices, (numbers) => {
        const bytes = randomModule(numbers);
        // Where it is not valid, the generator is wrong.
        const { seen } = observed(bytes);
        for (const result of seen.results) {
          if (typeof result === "string") traps++;
          else ends++;
        }
        expect(observed(harden(bytes, LIMITS)).seen).toEqual(seen);
        const metered = harden(bytes, { ...LIMITS, fuel: Number.MAX_SAFE_INTEGER });
        const [first, second] = [observed(metered), observed(metered)];
        expect(first.seen).toEqual(seen);
        expect(second.fuel).toBe(first.fuel);
        expect(first.fuel).toBeLessThan(BigInt(Number.MAX_SAFE_INTEGER));
      }),
      { numRuns: 300 },
    );
    // So that neither is the rule.
    expect(Math.min(traps, ends)).toBeGreaterThan(100);
  });
});
