// An engine compiles a function at its first call, and nothing ends that or bounds its memory: V8's
// baseline compiler keeps the state of every local variable for every branch, which is a millisecond
// and a megabyte for five bytes of code. The test that fails says so until hardening refuses it.
import { batchOf } from "@uni/loader-tests";
import { expect, it } from "vitest";
import { ExtismLoader } from "../../src/index.ts";
import { watPlugin } from "../wat-plugin.ts";

const DEADLINE_MS = 20;
const LATE_BY_MS = 130;

it.fails("a function of 49,000 locals and 1,000 branches does not hold its host", async () => {
  const wide = `(func $wide
    (local ${"i64 ".repeat(49_000)})
    ${"(if (i32.const 0) (then))".repeat(1000)})`;
  const bytes = await watPlugin({ newest: true, fields: wide, body: "(call $wide) (i32.const 1)" });
  const plugin = await new ExtismLoader({ isolation: "inline" }).load(bytes);
  const start = performance.now();
  expect(() => plugin.scalars[0]?.invokeSync(batchOf([[1]]), { timeoutMs: DEADLINE_MS })).toThrow();
  expect(performance.now() - start).toBeLessThan(DEADLINE_MS + LATE_BY_MS);
});
