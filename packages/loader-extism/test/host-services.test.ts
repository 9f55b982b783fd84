import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { watName } from "@uni/fixtures";
import type { LogRecord } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { columns } from "./doubles.ts";
import { env, loadWat, textBlock, user, type WatPlugin } from "./wat-plugin.ts";

const one = columns({ x: [1] });
const LENGTH = env("length", "(param i64) (result i64)");

describe("services", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  it("give the traceparent of the work under way, or no block", async () => {
    const plugin = {
      imports: user("uni_traceparent") + LENGTH,
      body: "(i32.add (i32.const 1) (i32.wrap_i64 (call $length (call $uni_traceparent (i64.const 0)))))",
    };
    const { scalar } = await loadWat(plugin, {}, { traceparent: () => traceparent });
    await expect(scalar.invoke(one)).rejects.toMatchObject({ fnCode: 56 });
    const { scalar: without } = await loadWat(plugin);
    await expect(without.invoke(one)).rejects.toMatchObject({ fnCode: 1 });
  });

  it("give the counters of the plugin's own pool", async () => {
    const counter = (name: string): WatPlugin => ({
      imports: user("uni_metric_counter") + env("load_u8", "(param i64) (result i32)") + LENGTH,
      fields: `(data (i32.const 0) ${watName(name)})`,
      body: `(local $block i64)
        (local.set $block (call $uni_metric_counter ${textBlock(0, name)}))
        (if (result i32) (i64.eqz (call $length (local.get $block)))
          (then (i32.const 99))
          (else (call $load_u8 (local.get $block))))`,
    });
    const digit = (n: number) => 48 + n;
    const { scalar } = await loadWat(counter("misses"));
    await expect(scalar.invoke(one)).rejects.toMatchObject({ fnCode: digit(1) });
    await expect(scalar.invoke(one)).rejects.toMatchObject({ fnCode: digit(2) });
    const { scalar: live } = await loadWat(counter("live"));
    await expect(live.invoke(one)).rejects.toMatchObject({ fnCode: digit(1) });
    for (const unknown of ["secrets", "constructor"]) {
      const { scalar: none } = await loadWat(counter(unknown));
      await expect(none.invoke(one)).rejects.toMatchObject({ fnCode: 99 });
    }
  });

  const logging = (message: string): WatPlugin => ({
    imports: user("uni_host_log") + env("log_warn", "(param i64)"),
    fields: `(data (i32.const 0) ${watName(message)}) (data (i32.const 1024) ${watName("plain")})`,
    body: `(drop (call $uni_host_log ${textBlock(0, message)}))
      (call $log_warn ${textBlock(1024, "plain")}) (i32.const 1)`,
  });
  const said = JSON.stringify({ level: "error", message: "it über-failed" });

  it("log to the host's logger at the guest's level", async () => {
    const records: LogRecord[] = [];
    const { scalar } = await loadWat(logging(said), {}, { logger: (r) => records.push(r) });
    await scalar.invoke(one).catch(() => undefined);
    const pluginId = "ai.example.wat";
    expect(records).toEqual([
      { pluginId, level: "error", message: "it über-failed" },
      { pluginId, level: "warn", message: "plain" },
    ]);
  });

  it("log what is not in the contract's shape as it is", async () => {
    const records: LogRecord[] = [];
    const { scalar } = await loadWat(logging("{not json"), {}, { logger: (r) => records.push(r) });
    await scalar.invoke(one).catch(() => undefined);
    expect(records[0]).toMatchObject({ level: "info", message: "{not json" });
  });

  it("log to the diagnostics channel uni:log where there is no logger", async () => {
    const records: unknown[] = [];
    const listener = (record: unknown) => records.push(record);
    subscribe("uni:log", listener);
    try {
      const { scalar } = await loadWat(logging(said));
      await scalar.invoke(one).catch(() => undefined);
    } finally {
      unsubscribe("uni:log", listener);
    }
    expect(records).toHaveLength(2);
  });

  it("end the call where the host's own logger fails, and say that it did", async () => {
    const cause = new TypeError("disk full");
    const logger = () => {
      throw cause;
    };
    const { scalar } = await loadWat(logging(said), {}, { logger });
    await expect(scalar.invoke(one)).rejects.toMatchObject({
      name: "ExtismError",
      code: "INTERNAL",
      message: "the host's logger failed: disk full",
      cause,
    });
  });

  it("end the call where the logger fails and the guest catches everything", async () => {
    const cause = new TypeError("disk full");
    const logger = () => {
      throw cause;
    };
    const { scalar } = await loadWat(
      {
        imports: env("log_warn", "(param i64)"),
        fields: `(data (i32.const 0) ${watName("plain")})`,
        body: `(try (do (call $log_warn ${textBlock(0, "plain")})) (catch_all)) (i32.const 1)`,
      },
      {},
      { logger },
    );
    await expect(scalar.invoke(one)).rejects.toMatchObject({ code: "INTERNAL", cause });
  });

  it("keep no more than 64 KiB of a message", async () => {
    const records: LogRecord[] = [];
    const { scalar } = await loadWat(
      {
        imports: env("log_info", "(param i64)"),
        body: "(call $log_info (call $alloc (i64.const 10000000))) (i32.const 1)",
      },
      {},
      { logger: (r) => records.push(r) },
    );
    await scalar.invoke(one).catch(() => undefined);
    expect(records[0]?.message.length).toBe(65_536);
  });
});
