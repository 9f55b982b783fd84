import { describe, expect, it } from "vitest";
import { env, textBlock, watPlugin } from "../wat-plugin.ts";
import { TEXT, TEXT_DATA } from "./asking-plugin.ts";
import { twoEngines } from "./two-engines.ts";

describe("the bytes of a call", () => {
  it("that go in are the caller's, and the guest's writes do not reach them", async () => {
    const bytes = await watPlugin({
      imports: env("input_offset", "(result i64)"),
      body: "(call $store_u8 (call $input_offset) (i32.const 255)) (i32.const 0)",
    });
    const { own, sdk } = await twoEngines(bytes);
    for (const run of [own, sdk]) {
      const input = Uint8Array.of(1, 2, 3, 4);
      await run({ method: "invokeScalar", args: ["ai.example.wat.f", input] });
      expect([...input]).toEqual([1, 2, 3, 4]);
    }
  });

  it("that come out are alone in their buffer", async () => {
    const bytes = await watPlugin({
      fields: TEXT_DATA,
      body: `(call $output_set ${textBlock(0, TEXT)} (i64.const 4)) (i32.const 0)`,
    });
    const { own, sdk } = await twoEngines(bytes);
    for (const run of [own, sdk]) {
      const answer = await run({
        method: "invokeScalar",
        args: ["ai.example.wat.f", new Uint8Array()],
      });
      expect(new TextDecoder().decode(answer.buffer)).toBe(TEXT.slice(0, 4));
    }
  });
});
