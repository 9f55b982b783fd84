import { assembleWat } from "@uni/fixtures";
import { expect, it } from "vitest";
import { CallFailure, harden, instantiateHardened } from "../../src/index.ts";

/** `spend(n)` takes one unit of fuel, and five for each turn of its loop. */
const SPENDING = `(module (func (export "spend") (param i32)
  (loop $again
    (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`;
const LIMITS = { memoryPages: 1, tableElements: 1, heapBytes: 1024 };

async function spending(fuel: number): Promise<WebAssembly.Exports> {
  const bytes = harden(await assembleWat(SPENDING), { ...LIMITS, fuel });
  return instantiateHardened(await WebAssembly.compile(bytes), {}).exports;
}

function spend(exports: WebAssembly.Exports, turns: number): void {
  const { spend } = exports;
  if (typeof spend !== "function") throw new Error("the module exports spend");
  spend(turns);
}

it("the instances of a guest spend its fuel together", async () => {
  const fuel = 100;
  const outcomes = [9, 10].map(async (turns) => {
    const call = new CallFailure(fuel);
    for (let i = 0; i < 2; i++) {
      const exports = await spending(fuel);
      call.instances.push(exports);
      spend(exports, turns);
    }
    return call.failure;
  });
  const [within, beyond] = await Promise.all(outcomes);
  expect(within).toBeUndefined();
  expect(beyond).toMatchObject({ code: "RESOURCE_LIMIT", message: "it used up its fuel" });
});
