import type { HostFunctionClosure } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { env, textBlock, user } from "../wat-plugin.ts";
import { asking, TEXT, TEXT_DATA } from "./asking-plugin.ts";
import { bothCalls } from "./two-loaders.ts";

const hostFunction = (call: HostFunctionClosure["call"]): HostFunctionClosure => ({
  name: "ask",
  docs: "In: a text. Out: bytes.",
  call,
});

describe("an import gives the same on both engines:", () => {
  it("a host function, which gets a copy and gives one", async () => {
    const kept = new Uint8Array(41).fill(7);
    const seen: string[] = [];
    const ask = hostFunction((bytes) => {
      seen.push(new TextDecoder().decode(bytes));
      bytes.fill(0);
      return kept;
    });
    const { own, sdk } = await bothCalls(
      {
        imports: user("ask") + env("load_u8", "(param i64) (result i32)"),
        fields: TEXT_DATA,
        body: `(local $in i64) (local $out i64)
          (local.set $in ${textBlock(0, TEXT)})
          (local.set $out (call $ask (local.get $in)))
          (call $store_u8 (local.get $out) (i32.const 255))
          (call $load_u8 (local.get $in))`,
      },
      { hostFunctions: [ask] },
    );
    expect(own).toMatchObject({ fnCode: TEXT.charCodeAt(0) });
    expect(sdk).toEqual(own);
    expect(seen).toEqual([TEXT, TEXT]);
    expect(kept.every((byte) => byte === 7)).toBe(true);
  });

  it.each<[string, HostFunctionClosure["call"], object]>([
    [
      "throws",
      () => {
        throw new Error("no route");
      },
      { code: "INTERNAL" },
    ],
    ["answers with no bytes", () => new Uint8Array(), { fnCode: 1 }],
    // A JavaScript caller can do so.
    ["answers with a text", () => "text" as unknown as Uint8Array, { code: "INTERNAL" }],
    ["answers later", async () => new Uint8Array(3), { code: "INTERNAL" }],
  ])("a host function that %s", async (_what, call, expected) => {
    const { own, sdk } = await bothCalls(asking("ask", user("ask")), {
      hostFunctions: [hostFunction(call)],
      // On a guest thread a host function may answer later; here neither engine could wait.
      isolation: "inline",
    });
    expect(own).toMatchObject(expected);
    expect(sdk).toEqual(own);
  });

  it("a host function that the guest's catch_all cannot keep from ending the call", async () => {
    const ask = hostFunction(() => {
      throw new Error("no route");
    });
    const { body, ...plugin } = asking("ask", user("ask"));
    const { own, sdk } = await bothCalls(
      { ...plugin, body: `(try (result i32) (do ${body}) (catch_all (i32.const 9)))` },
      { hostFunctions: [ask] },
    );
    expect(own).toMatchObject({ code: "INTERNAL" });
    expect(sdk).toEqual(own);
  });

  it("the pool's counters and the traceparent", async () => {
    const metric = asking("uni_metric_counter", user("uni_metric_counter"));
    const parent = asking("uni_traceparent", user("uni_traceparent"));
    const options = { traceparent: () => "00-11-22-01" };
    for (const [plugin, fnCode] of [
      [metric, 2],
      [parent, 12],
    ] as const) {
      const { own, sdk } = await bothCalls(plugin, options);
      expect(own).toMatchObject({ fnCode });
      expect(sdk).toEqual(own);
    }
  });
});
