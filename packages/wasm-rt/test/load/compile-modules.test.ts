import { assembleWat } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { compileModules, DEFAULT_PLUGIN_LIMITS, LoaderError } from "../../src/index.ts";

class TestError extends LoaderError {
  static resourceLimit(message: string): TestError {
    return new TestError("RESOURCE_LIMIT", message);
  }
}

const limits = (memoryPages: number) => ({ ...DEFAULT_PLUGIN_LIMITS, memoryPages });

/** A module that starts with so many pages and exports how to grow them. */
const growing = (pages: number) =>
  assembleWat(`(module (memory ${pages})
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`);

/** How many pages a fresh instance can grow by, one by one. */
function room(module: WebAssembly.Module | undefined): number {
  if (module === undefined) throw new Error("nothing was compiled");
  const { grow } = new WebAssembly.Instance(module).exports;
  if (typeof grow !== "function") throw new Error("the module exports no grow");
  let pages = 0;
  while (grow(1) !== -1) pages++;
  return pages;
}

describe("the modules of one guest", () => {
  it("share the limit, each above what it starts with", async () => {
    const modules = [await growing(1), await growing(2)].map((bytes) => ({ bytes, instances: 1 }));
    const compiled = await compileModules(TestError, modules, limits(9));
    expect(compiled.map(room)).toEqual([3, 3]);
  });

  it("count as often as a guest instantiates them", async () => {
    const modules = [{ bytes: await growing(1), instances: 3 }];
    expect((await compileModules(TestError, modules, limits(9))).map(room)).toEqual([2]);
    await expect(compileModules(TestError, modules, limits(2))).rejects.toMatchObject({
      code: "RESOURCE_LIMIT",
      message: "the module starts with 3 pages of memory, and the limit is 2",
    });
  });

  it("are judged by the engine as they are, whichever of them it is", async () => {
    const good = { bytes: await growing(1), instances: 1 };
    const bad = { bytes: good.bytes.slice(0, -1), instances: 1 };
    for (const modules of [
      [bad, good],
      [good, bad],
    ]) {
      await expect(compileModules(TestError, modules, limits(9))).rejects.toMatchObject({
        code: "INVALID_PLUGIN",
        message: expect.stringMatching(/^the module is not valid WebAssembly: /),
      });
    }
  });
});
