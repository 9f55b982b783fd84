import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { watName } from "@uni/fixtures";
import { batchOf } from "@uni/loader-tests";
import type { LogRecord } from "@uni/wasm-rt";
import { Utf8 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { doubles, ONE } from "./batch-of.ts";
import { loadBuilt, loaderOf } from "./load.ts";
import { LOG, logging, UNI_PACKAGE } from "./uni-interfaces.ts";
import { loadWat, type WatPlugin } from "./wat-plugin.ts";

async function logged(plugin: WatPlugin): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const { scalar } = await loadWat(plugin, {}, { logger: (record) => records.push(record) });
  await scalar.invoke(ONE);
  return records;
}

/** A guest that logs once. */
function saying(level: string, message: string, body = "CALL (i32.const 0)"): WatPlugin {
  const { fields, call } = logging(level, message);
  return { ...LOG, fields, body: body.replaceAll("CALL", call) };
}

describe("host-log", () => {
  it("passes on what a plugin says, at every level", async () => {
    const records: LogRecord[] = [];
    const loader = loaderOf({ logger: (record) => records.push(record) });
    const { scalar } = await loadBuilt("probe", {}, loader);
    expect([...(await scalar("talk").invoke(ONE))]).toEqual([1]);
    expect(records).toEqual(
      ["debug", "info", "warn", "error"].map((level) => ({
        pluginId: "ai.example.probe",
        level,
        message: `talk says grüezi at ${level}`,
      })),
    );
  });

  it("takes levels in any case, and what is none for info; text it takes as it is", async () => {
    const said = [
      ["ERROR", ""],
      ["trace", "two\nlines\u0000 and 👩‍🚀"],
      ["fatal", "\ufeffmark"],
      ["", "no level"],
    ] as const;
    const calls = said.map(([level, message], i) => logging(level, message, 1024 * (i + 1)));
    const records = await logged({
      ...LOG,
      fields: calls.map(({ fields }) => fields).join(""),
      body: `${calls.map(({ call }) => call).join("")} (i32.const 0)`,
    });
    expect(records.map(({ level }) => level)).toEqual(["error", "trace", "info", "info"]);
    expect(records.map(({ message }) => message)).toEqual(said.map(([, message]) => message));
  });

  it("keeps no more than 64 KiB of a message, and no half of a character", async () => {
    const ascii = await logged({
      ...LOG,
      memory: "200",
      body: `(memory.fill (i32.const 131072) (i32.const 0x61) (i32.const 10000000))
        (call $log (i32.const 1024) (i32.const 0) (i32.const 131072) (i32.const 10000000))
        (i32.const 0)`,
    });
    expect(ascii.map(({ message }) => message.length)).toEqual([65_536]);
    const wide = "日".repeat(30_000);
    const [cut] = await logged({
      ...LOG,
      memory: "4",
      fields: `(data (i32.const 131072) ${watName(wide)})`,
      body: "(call $log (i32.const 1024) (i32.const 0) (i32.const 131072) (i32.const 90000)) (i32.const 0)",
    });
    expect(cut?.message).toBe(wide.slice(0, Math.floor(65_536 / 3)));
  });

  it("is silent while the manifest is read", async () => {
    const { fields, call } = logging("info", "from the manifest");
    expect(await logged({ ...LOG, fields, inManifest: call, body: "(i32.const 0)" })).toEqual([]);
  });

  it("goes to the diagnostics channel uni:log where there is no logger", async () => {
    const records: unknown[] = [];
    const listener = (record: unknown) => records.push(record);
    subscribe("uni:log", listener);
    try {
      const { scalar } = await loadWat(saying("warn", "to whom it may concern"));
      await scalar.invoke(ONE);
    } finally {
      unsubscribe("uni:log", listener);
    }
    expect(records).toEqual([
      { pluginId: "ai.example.wat", level: "warn", message: "to whom it may concern" },
    ]);
  });

  it("ends a guest that passes what is no text, or lies outside of its memory", async () => {
    const passing = (operands: string) => ({
      ...LOG,
      fields: '(data (i32.const 1024) "\\ff\\fe")',
      body: `(call $log ${operands} (i32.const 0) (i32.const 0)) (i32.const 0)`,
    });
    for (const [operands, reason] of [
      ["(i32.const 1024) (i32.const 2)", "is not UTF-8"],
      ["(i32.const 16777210) (i32.const 100)", "outside of the guest's memory"],
      ["(i32.const -1) (i32.const 1)", "outside of the guest's memory"],
    ] as const) {
      await expect(logged(passing(operands))).rejects.toMatchObject({
        code: "TRAP",
        message: expect.stringContaining(reason),
      });
    }
  });
});

describe("a logger that fails", () => {
  const cause = new TypeError("disk full");
  const guests: [string, WatPlugin][] = [
    ["and a guest that does not mind", saying("error", "help")],
    [
      "and a guest that catches everything and answers",
      saying("error", "help", "(try (do CALL) (catch_all)) (i32.const 0)"),
    ],
    [
      "and a guest that catches everything and tries again for ever",
      saying(
        "error",
        "help",
        "(loop $again (try (do CALL) (catch_all)) (br $again)) (unreachable)",
      ),
    ],
    [
      "and a guest that catches everything, and reports an error of its own",
      saying("error", "help", "(try (do CALL) (catch_all)) (i32.const 300)"),
    ],
  ];
  for (const [what, plugin] of guests) {
    it(`${what} end in INTERNAL, with its error as the cause`, async () => {
      let calls = 0;
      const logger = () => {
        calls++;
        throw cause;
      };
      const { plugin: loaded, scalar } = await loadWat(plugin, {}, { logger });
      const expected = {
        name: "ComponentError",
        code: "INTERNAL",
        message: "the host's logger failed: disk full",
        cause,
      };
      await expect(scalar.invoke(ONE)).rejects.toMatchObject(expected);
      expect(() => scalar.invokeSync(ONE)).toThrow(expect.objectContaining(expected));
      // The guest did not get to a second attempt.
      expect(calls).toBe(2);
      expect(loaded.pool.metrics.live).toBe(0);
    });
  }
});

describe("host-trace-context", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  it("gives the traceparent of the work under way, or none", async () => {
    let current: string | undefined = traceparent;
    const { scalar } = await loadBuilt("probe", {}, loaderOf({ traceparent: () => current }));
    expect([...(await scalar("trace").invoke(doubles([1, 2])))]).toEqual([
      traceparent,
      traceparent,
    ]);
    current = undefined;
    expect([...(await scalar("trace").invoke(ONE))]).toEqual([null]);
    const { scalar: without } = await loadBuilt("probe");
    expect([...without("trace").invokeSync(ONE)]).toEqual([null]);
  });

  it("ends the call where the host's own callback fails, and says that it did", async () => {
    const cause = new Error("no context");
    const loader = loaderOf({
      traceparent: () => {
        throw cause;
      },
    });
    const { scalar } = await loadBuilt("probe", {}, loader);
    await expect(scalar("trace").invoke(ONE)).rejects.toMatchObject({
      code: "INTERNAL",
      message: "the host's traceparent failed: no context",
      cause,
    });
  });
});

describe("host-metrics", () => {
  it("gives the counters of the plugin's own pool, and nothing else", async () => {
    const { scalar } = await loadBuilt("probe");
    const names = batchOf([
      ["misses", "live", "hits", "exhausted", "secrets", "constructor", "__proto__", ""],
      new Utf8(),
    ]);
    const none = [null, null, null, null];
    expect([...(await scalar("metric").invoke(names))]).toEqual([1n, 1n, 0n, 0n, ...none]);
    expect([...scalar("metric").invokeSync(names)]).toEqual([2n, 1n, 0n, 0n, ...none]);
  });

  it("ends a guest whose result has no room, or an address that is not aligned", async () => {
    for (const [address, reason] of [
      [16_777_208, "outside of the guest's memory"],
      [4100, "is not aligned"],
    ] as const) {
      const { scalar } = await loadWat({
        world: "import uni:plugin/host-metrics@0.1.0;",
        packages: UNI_PACKAGE,
        imports:
          '(import "uni:plugin/host-metrics@0.1.0" "metric-counter" (func $count (param i32 i32 i32)))',
        body: `(call $count (i32.const 0) (i32.const 0) (i32.const ${address})) (i32.const 0)`,
      });
      await expect(scalar.invoke(ONE)).rejects.toMatchObject({
        code: "TRAP",
        message: expect.stringContaining(reason),
      });
    }
  });
});
