import type { LogRecord } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { TEXT, TEXT_DATA } from "./asking-plugin.ts";
import { bothCalls } from "./two-loaders.ts";

describe("WASI is this host's on both engines:", () => {
  const wasi = (name: string, params: string, result = "(result i32)") =>
    `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${params}) ${result}))`;

  it("what a guest prints is logged, and it has no files", async () => {
    const records: LogRecord[] = [];
    const { own, sdk } = await bothCalls(
      {
        imports:
          wasi("fd_write", "i32 i32 i32 i32") +
          wasi("path_open", "i32 i32 i32 i32 i32 i64 i64 i32 i32"),
        // A ciovec of the text.
        fields: `${TEXT_DATA} (data (i32.const 64) "\\00\\00\\00\\00\\09\\00\\00\\00")`,
        body: `(drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 80)))
          (call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 9) (i32.const 0)
            (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 128))`,
      },
      { logger: (record) => void records.push(record) },
    );
    const BADF = 8;
    expect(own).toMatchObject({ fnCode: BADF });
    expect(sdk).toEqual(own);
    const record = { pluginId: "ai.example.wat", level: "info", message: TEXT };
    expect(records).toEqual([record, record]);
  });

  it("a guest cannot exit", async () => {
    const { own, sdk } = await bothCalls({
      imports: wasi("proc_exit", "i32", ""),
      body: "(call $proc_exit (i32.const 3)) (i32.const 0)",
    });
    expect(own).toMatchObject({ code: "TRAP", message: expect.stringContaining("proc_exit(3)") });
    expect(sdk).toEqual(own);
  });

  it("a guest is set up once, under the deadline, and not by node:wasi", async () => {
    const counting = `(func (export "_initialize")
      (global.set $count (i32.add (global.get $count) (i32.const 10))))`;
    const { own, sdk } = await bothCalls({
      imports: wasi("sched_yield", ""),
      fields: `(global $count (mut i32) (i32.const 1)) ${counting}`,
      body: "(i32.add (global.get $count) (call $sched_yield))",
    });
    expect(own).toMatchObject({ fnCode: 11 });
    expect(sdk).toEqual(own);
  });
});
