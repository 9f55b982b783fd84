import { watBytes } from "@uni/fixtures";
import { batchOf } from "@uni/loader-tests";
import { FnError } from "@uni/plugin";
import { encodeBatch } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { CoreError } from "../src/index.ts";
import { loadCore, packed } from "./core-plugin.ts";

const ONE = batchOf([[1]]);
const IMPORT = (name: string) =>
  `(import "uni:plugin" "${name}" (func $asked (param i32 i32) (result i64)))`;

/** What a call comes to whose function is written like this. */
async function failureOf(body: string, fields = ""): Promise<unknown> {
  const { scalar } = await loadCore({ body, fields });
  return scalar.invoke(ONE).catch((error: unknown) => error);
}

describe("an answer", () => {
  it.each([
    ["behind the memory", packed(65_533, 4), /4 bytes at 65533 are outside/],
    ["that ends behind the memory", packed(65_000, 1000), /996 bytes at 65004 are outside/],
    ["of 4 GiB at the last address", packed(-1, 0xffff_ffff), /outside/],
    ["without room for a status", packed(0, 3), /3 bytes has no room for a status/],
  ])("%s ends the call", async (_what, body, message) => {
    const error = await failureOf(body);
    expect(error).toBeInstanceOf(CoreError);
    expect(error).toMatchObject({ code: "TRAP", message: expect.stringMatching(message) });
  });

  it("may end with the memory", async () => {
    // The status is 0, and four zeros are no Arrow.
    expect(await failureOf(packed(65_528, 8))).toMatchObject({ code: "IPC" });
  });

  it("with a status is an error of the function, whose code has no sign", async () => {
    const fields = '(data (i32.const 0) "\\fe\\ff\\ff\\ffno\\c3\\28")';
    const error = await failureOf(packed(0, 8), fields);
    expect(error).toBeInstanceOf(FnError);
    expect(error).toMatchObject({ fnCode: 0xffff_fffe, message: "no\ufffd(" });
  });

  it("of another type than an i64 is refused", async () => {
    const { scalar } = await loadCore({ result: "i32", body: "(i32.const 0)" });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({
      code: "INVALID_PLUGIN",
      message: expect.stringMatching(/to return an i64, got number/),
    });
  });
});

describe("an input", () => {
  it("that the guest has no place for ends the call", async () => {
    const { scalar } = await loadCore({
      exports: `(memory (export "memory") 1)
        (func (export "alloc") (param i32) (result i32) (i32.const -8))
        (func (export "dealloc") (param i32 i32))`,
    });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({
      code: "TRAP",
      message: expect.stringMatching(/alloc: .* at 4294967288 are outside/),
    });
  });
});

describe("an allocator", () => {
  const stream = encodeBatch(ONE);
  const [at, length] = [4096, stream.length + 4];
  /** A plugin that answers its one row, and whose `dealloc` does what the text says. */
  const loadAnswering = (dealloc: string) =>
    loadCore({
      exports: `(memory (export "memory") 1)
        (func (export "alloc") (param i32) (result i32)
          (if (global.get $answered) (then (unreachable)))
          (i32.const 49152))
        (func (export "dealloc") (param $at i32) (param $length i32)
          (if (i32.eqz (global.get $answered)) (then (unreachable)))
          (global.set $answered (i32.const 0))
          ${dealloc})`,
      fields: `(global $answered (mut i32) (i32.const 0))
        (data (i32.const ${at + 4}) ${watBytes(stream)})`,
      body: `(global.set $answered (i32.const 1)) ${packed(at, length)}`,
    });

  it("is told once of each answer that the guest was called after, and of its place", async () => {
    const { scalar } = await loadAnswering(`
      (if (i32.ne (local.get $at) (i32.const ${at})) (then (unreachable)))
      (if (i32.ne (local.get $length) (i32.const ${length})) (then (unreachable)))`);
    using session = scalar.openSession?.();
    for (let i = 0; i < 3; i++) expect([...((await session?.invoke(ONE)) ?? [])]).toEqual([1]);
  });

  it("that traps as it takes an answer back ends the session, and no single call", async () => {
    const { scalar } = await loadAnswering("(unreachable)");
    for (let i = 0; i < 2; i++) expect([...(await scalar.invoke(ONE))]).toEqual([1]);
    using session = scalar.openSession?.();
    await session?.invoke(ONE);
    await expect(session?.invoke(ONE)).rejects.toMatchObject({ code: "TRAP" });
    await expect(session?.invoke(ONE)).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("with another signature is refused", async () => {
    const { scalar } = await loadCore({
      exports: `(memory (export "memory") 1)
        (func (export "alloc") (param i64) (result i32) (i32.const 0))
        (func (export "dealloc") (param i32 i32))`,
    });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({
      code: "INVALID_PLUGIN",
      message: expect.stringMatching(/alloc has another signature/),
    });
  });
});

describe("a module", () => {
  const load = (exports: string) => loadCore({ exports });

  it.each([
    [
      "memory",
      '(memory 1) (func (export "alloc") (param i32) (result i32) (i32.const 0)) (func (export "dealloc") (param i32 i32))',
    ],
    ["alloc", '(memory (export "memory") 1) (func (export "dealloc") (param i32 i32))'],
    [
      "dealloc",
      '(memory (export "memory") 1) (func (export "alloc") (param i32) (result i32) (i32.const 0))',
    ],
  ])("without %s is refused", async (name, exports) => {
    await expect(load(exports)).rejects.toMatchObject({
      code: "INVALID_PLUGIN",
      message: expect.stringMatching(new RegExp(`does not export ${name}$`)),
    });
  });

  it("that imports from anywhere else is refused, and the import named", async () => {
    const imports = '(import "env" "abort" (func (param i32 i32 i32 i32)))';
    await expect(loadCore({ imports })).rejects.toMatchObject({
      code: "INSTANTIATE",
      message: expect.stringMatching(/env abort \(function\)/),
    });
  });

  it("is initialized once, before its call", async () => {
    const { scalar } = await loadCore({
      fields: `(global $times (mut i32) (i32.const 0))
        (func (export "_initialize")
          (global.set $times (i32.add (global.get $times) (i32.const 1)))
          (i32.store (i32.const 0) (global.get $times)))`,
      body: packed(0, 4),
    });
    for (let call = 0; call < 2; call++) {
      await expect(scalar.invoke(ONE)).rejects.toMatchObject({ fnCode: 1 });
    }
  });
});

describe("an import", () => {
  it("that the host has nothing to say for gives 0", async () => {
    const { scalar } = await loadCore({
      imports: IMPORT("uni_traceparent"),
      body: `(i32.store (i32.const 0)
          (i32.add (i32.const 1) (i64.eqz (call $asked (i32.const 0) (i32.const 0)))))
        ${packed(0, 4)}`,
    });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({ fnCode: 2 });
  });

  it("is answered where the guest's allocator says, with pointer and length", async () => {
    const traceparent = () => "00-1-2-03";
    const { scalar } = await loadCore(
      {
        imports: IMPORT("uni_traceparent"),
        // The answer becomes the message, behind the status at 49148.
        body: `(local $given i64)
          (local.set $given (call $asked (i32.const 0) (i32.const 0)))
          (i32.store (i32.const 49148) (i32.const 5))
          (i64.add (i64.sub (local.get $given) (i64.shl (i64.const 4) (i64.const 32))) (i64.const 4))`,
      },
      {},
      { traceparent },
    );
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({ fnCode: 5, message: "00-1-2-03" });
  });

  it("of bytes outside of the memory ends the call, even where the guest catches that", async () => {
    const { scalar } = await loadCore({
      imports: IMPORT("uni_host_log"),
      body: `(drop (call $asked (i32.const 65536) (i32.const 1))) ${packed(0, 4)}`,
    });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({ code: "TRAP" });
  });
});
