import { describe, expect, it } from "vitest";
import { WASI_MODULE } from "../../src/wasi/wasi-imports.ts";
import { assemble, importOf } from "./assemble.ts";
import { Guest, GuestExit } from "./guest.ts";

const [BADF, INVAL, NOTCAPABLE] = [8, 28, 76];

/** Prints, looks for its environment, tries to open /etc/passwd, and exits with what it found. */
const COMMAND = `(module
  ${["fd_write", "environ_sizes_get", "environ_get", "path_open", "proc_exit"].map(importOf).join("\n")}
  (memory (export "memory") 1)
  (data (i32.const 0) "\\10\\00\\00\\00\\0e\\00\\00\\00")
  (data (i32.const 16) "gr\\c3\\bc\\c3\\9fe, host\\0a")
  (data (i32.const 64) "etc/passwd")
  (global $environment (export "environment") (mut i32) (i32.const -1))
  (global $opened (export "opened") (mut i32) (i32.const -1))
  (global $survived (export "survived") (mut i32) (i32.const 0))
  (func $open (param $fd i32) (result i32)
    (call $path_open (local.get $fd) (i32.const 1) (i32.const 64) (i32.const 10) (i32.const 0)
      (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 128)))
  (func (export "_start")
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i64.store (i32.const 96) (i64.const -1))
    (drop (call $environ_sizes_get (i32.const 96) (i32.const 100)))
    (drop (call $environ_get (i32.const 256) (i32.const 512)))
    (global.set $environment (i32.or (i32.load (i32.const 96)) (i32.load (i32.const 100))))
    (global.set $opened
      (i32.or (i32.shl (call $open (i32.const 0)) (i32.const 8)) (call $open (i32.const 3))))
    (call $proc_exit (i32.const 42))
    (global.set $survived (i32.const 1))))`;

describe("a real guest", () => {
  it("prints, finds neither environment nor files, and ends when it exits", async () => {
    const guest = new Guest();
    const { exports } = new WebAssembly.Instance(await assemble(COMMAND), {
      [WASI_MODULE]: guest.functions,
    });
    guest.memory = exports.memory as WebAssembly.Memory;
    const global = (name: string): unknown => (exports[name] as WebAssembly.Global).value;

    expect(exports._start as () => void).toThrow(new GuestExit(42));
    expect(guest.written).toEqual([["stdout", "grüße, host\n"]]);
    expect(guest.view().getUint32(8, true)).toBe(14);
    expect(global("environment")).toBe(0);
    expect(global("opened")).toBe((NOTCAPABLE << 8) | BADF);
    expect(global("survived")).toBe(0);
  });

  it("that imports a function with other types is told that they are wrong", async () => {
    const module = await assemble(`(module
      (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i64 f64) (result i32)))
      (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (param f32) (result i32)))
      (import "wasi_snapshot_preview1" "clock_time_get"
        (func $clock_time_get (param i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "write") (result i32) (call $fd_write (i64.const 1) (f64.const nan)))
      (func (export "yield") (result i32) (call $sched_yield (f32.const 1)))
      (func (export "time") (result i32)
        (call $clock_time_get (i32.const 0) (i32.const 0) (i32.const 0))))`);
    const guest = new Guest();
    const { exports } = new WebAssembly.Instance(module, { [WASI_MODULE]: guest.functions });
    guest.memory = exports.memory as WebAssembly.Memory;
    const call = (name: string): unknown => (exports[name] as () => unknown)();

    expect(call("write")).toBe(INVAL);
    expect(call("time")).toBe(INVAL);
    // What comes behind the parameters of the function is nobody's.
    expect(call("yield")).toBe(0);
    expect(guest.bytes().every((byte) => byte === 0)).toBe(true);
  });

  it("cannot import what every object has", async () => {
    const module = await assemble(
      `(module (import "wasi_snapshot_preview1" "toString" (func (result externref))))`,
    );
    const imports = { [WASI_MODULE]: new Guest().functions };
    expect(() => new WebAssembly.Instance(module, imports)).toThrow(WebAssembly.LinkError);
  });
});
