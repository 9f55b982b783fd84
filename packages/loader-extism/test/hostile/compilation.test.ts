import { batchOf } from "@uni/loader-tests";
import { expect, it } from "vitest";
import { ExtismLoader } from "../../src/index.ts";
import { watPlugin } from "../wat-plugin.ts";

// V8 compiles a function at its first call, and nothing ends that: its baseline compiler keeps the
// state of every local variable for every branch.
const wide = (branches: number) =>
  watPlugin({
    newest: true,
    fields: `(func $wide
      (local ${"i64 ".repeat(49_000)})
      ${"(if (i32.const 0) (then))".repeat(branches)})`,
    body: "(call $wide) (i32.const 1)",
  });

it("a function of 49,000 locals and 1,000 branches is refused before anything of it is compiled", async () => {
  await expect(new ExtismLoader().load(await wide(1000))).rejects.toMatchObject({
    code: "RESOURCE_LIMIT",
    message: expect.stringMatching(/has so many branches, with up to 49000 values at each/),
  });
});

it("one that is just within what is allowed does not hold its host for long", async () => {
  const plugin = await new ExtismLoader({ isolation: "inline" }).load(await wide(100));
  const start = performance.now();
  expect(() => plugin.scalars[0]?.invokeSync(batchOf([[1]]))).toThrow();
  expect(performance.now() - start).toBeLessThan(2000);
});
