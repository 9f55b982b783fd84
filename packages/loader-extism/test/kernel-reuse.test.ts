import { NO_SERVICES } from "@uni/loader-tests";
import { DEFAULT_PLUGIN_LIMITS } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { blockLimits } from "../src/abi/block-limits.ts";
import { Blocks } from "../src/abi/blocks.ts";
import { compile } from "../src/compile.ts";
import { createGuest } from "../src/guest.ts";
import { watPlugin } from "./wat-plugin.ts";

/** The largest memory of the kernels that the next guests would get. */
function nextKernelBytes(): number {
  const kernels = Array.from({ length: 9 }, () => {
    return new Blocks(blockLimits(DEFAULT_PLUGIN_LIMITS), (_, message) => {
      throw new Error(message);
    }).kernel;
  });
  return Math.max(...kernels.map(({ memory }) => memory.buffer.byteLength));
}

/**
 * Calls a guest that allocates more than a page, which its kernel's memory then shows.
 *
 * @param ending of its last call; those before it end well.
 */
async function callGuest(ending: string, calls = 1): Promise<void> {
  const fields = `(global $left (mut i32) (i32.const ${calls}))`;
  const body = `(drop (call $alloc (i64.const 100000)))
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (if (i32.ne (global.get $left) (i32.const 0)) (then (return (i32.const 0))))
    ${ending}`;
  const image = await compile(await watPlugin({ body, fields }), DEFAULT_PLUGIN_LIMITS);
  nextKernelBytes();
  using guest = createGuest(image, { services: NO_SERVICES, config: {} });
  for (let i = 0; i < calls; i++) {
    try {
      guest.invokeScalar("ai.example.wat.f", new Uint8Array(0));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}

const PAGE = 65_536;

describe("the kernel of a guest", () => {
  it("serves another one after a call that ended well, with an error of its own or without", async () => {
    await callGuest("(i32.const 0)");
    expect(nextKernelBytes()).toBeGreaterThan(PAGE);
    await callGuest("(i32.const 7)");
    expect(nextKernelBytes()).toBeGreaterThan(PAGE);
    await callGuest("(i32.const 0)", 3);
    expect(nextKernelBytes()).toBeGreaterThan(PAGE);
  });

  for (const [what, ending] of [
    ["trapped", "(unreachable)"],
    [
      "reached outside of its blocks",
      "(call $output_set (i64.const 1) (i64.const 1)) (i32.const 0)",
    ],
  ] as const) {
    it(`goes with a guest that ${what}`, async () => {
      await callGuest(ending);
      expect(nextKernelBytes()).toBe(PAGE);
      await callGuest(ending, 2);
      expect(nextKernelBytes()).toBe(PAGE);
    });
  }
});
