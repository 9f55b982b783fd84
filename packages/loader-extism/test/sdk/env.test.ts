import { watName } from "@uni/fixtures";
import type { LogRecord } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { ExtismSdkLoader } from "../../src/sdk/index.ts";
import { columns } from "../doubles.ts";
import { env, loadWat, textBlock, type WatPlugin, watPlugin } from "../wat-plugin.ts";
import { asking, TEXT, TEXT_DATA } from "./asking-plugin.ts";
import { bothCalls } from "./two-loaders.ts";

const LENGTH = env("length", "(param i64) (result i64)");

describe("a guest gets the same on both engines:", () => {
  it("a setting, and none that the host's objects have by themselves", async () => {
    const get = env("config_get", "(param i64) (result i64)");
    const plugin = asking("config_get", get);
    for (const [config, fnCode] of [
      [{ [TEXT]: "Zürich" }, 8],
      [{}, 1],
    ] as const) {
      const { own, sdk } = await bothCalls(plugin, {}, { config });
      expect(own).toMatchObject({ fnCode });
      expect(sdk).toEqual(own);
    }
    const data = `(data (i32.const 0) ${watName("toString")})`;
    const body = `(i32.add (i32.const 1) (i32.wrap_i64 (call $length (call $config_get
      ${textBlock(0, "toString")}))))`;
    const { own, sdk } = await bothCalls({ imports: get + LENGTH, fields: data, body });
    expect(own).toMatchObject({ fnCode: 1 });
    expect(sdk).toEqual(own);
  });

  it("a log, with its level", async () => {
    const records: LogRecord[] = [];
    const log = ["trace", "info", "error"].map((level) => env(`log_${level}`, "(param i64)"));
    const say = ["trace", "info", "error"].map(
      (level) => `(call $log_${level} ${textBlock(0, TEXT)})`,
    );
    const { own, sdk } = await bothCalls(
      { imports: log.join(""), fields: TEXT_DATA, body: `${say.join("")} (i32.const 3)` },
      { logger: (record) => void records.push(record) },
    );
    expect(sdk).toEqual(own);
    expect(records).toHaveLength(6);
    expect(records.slice(3)).toEqual(records.slice(0, 3));
  });

  it("part of a block as the output", async () => {
    const body = `(call $output_set ${textBlock(0, TEXT)} (i64.const 4)) (i32.const 0)`;
    const { own, sdk } = await bothCalls({ fields: TEXT_DATA, body });
    expect(own).toMatchObject({ code: "IPC", message: expect.stringContaining("4 are left") });
    expect(sdk).toEqual(own);
  });

  const requesting: WatPlugin = {
    imports: env("http_request", "(param i64 i64) (result i64)"),
    body: "(i32.wrap_i64 (call $http_request (i64.const 0) (i64.const 0)))",
  };

  it("no network, on the engine at hand", async () => {
    const refused = { code: "CAPABILITY_DENIED" };
    if ("promising" in WebAssembly) {
      // The SDK asks the engine when it is imported, so such an engine cannot be hidden from it.
      const { scalar } = await loadWat(requesting);
      await expect(scalar.invoke(columns({ x: [1] }))).rejects.toMatchObject(refused);
      const load = new ExtismSdkLoader().load(await watPlugin(requesting));
      await expect(load).rejects.toMatchObject({ code: "INSTANTIATE" });
      return;
    }
    const { own, sdk } = await bothCalls(requesting);
    expect(own).toMatchObject(refused);
    expect(sdk).toEqual(own);
  });

  it("no network, and no load where the engine could suspend the guest for it", async () => {
    const known = Object.getOwnPropertyDescriptor(WebAssembly, "promising");
    Object.defineProperty(WebAssembly, "promising", { value: () => {}, configurable: true });
    try {
      await expect(new ExtismSdkLoader().load(await watPlugin(requesting))).rejects.toMatchObject({
        code: "INSTANTIATE",
        message: expect.stringMatching(/http_request.*ExtismLoader loads such plugins/),
      });
    } finally {
      if (known === undefined) Reflect.deleteProperty(WebAssembly, "promising");
      else Object.defineProperty(WebAssembly, "promising", known);
    }
  });
});

describe("variables", () => {
  it("over their limit end the call", async () => {
    const set = env("var_set", "(param i64 i64)");
    const body = `(call $var_set ${textBlock(0, TEXT)} (call $alloc (i64.const 1048577))) (i32.const 0)`;
    const { own, sdk } = await bothCalls({ imports: set, fields: TEXT_DATA, body });
    expect([own, sdk]).toMatchObject([{ code: "RESOURCE_LIMIT" }, { code: "RESOURCE_LIMIT" }]);
  });
});
