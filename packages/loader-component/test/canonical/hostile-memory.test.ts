// Guests that make no room, or have no memory: each ends its call.
import { describe, expect, it } from "vitest";
import { GuestMemory } from "../../src/canonical/guest-memory.ts";
import { Handles } from "../../src/canonical/handles.ts";
import type { StringEncoding } from "../../src/plan/plan.ts";
import type { WitType } from "../plan/wit-types.ts";
import { faultCode } from "./fault.ts";
import {
  BUMP,
  codecOf,
  constantRealloc,
  PAGES_END as END,
  lifted,
  lowered,
  realMemory,
} from "./real-memory.ts";

const list = (element: WitType): WitType => ({ kind: "list", element });

describe("a guest's realloc", () => {
  const STORED: [type: WitType, value: unknown][] = [
    ["string", "hello"],
    [list("u32"), [1, 2]],
    [list("u8"), Uint8Array.of(1)],
  ];

  it.each([
    ["returns what is behind the end", constantRealloc(`${END}`)],
    ["returns the last address there is", constantRealloc("-1")],
    ["returns an i64", constantRealloc("8", "i64")],
    ["returns nothing", `(func (export "realloc") (param i32 i32 i32 i32))`],
    ["is a memory", `(export "realloc" (memory 0))`],
    ["is missing", ""],
  ])("is not believed where it %s", async (_, wat) => {
    const { memory } = (await realMemory(wat))();
    for (const [type, value] of STORED) {
      expect(faultCode(() => lowered(codecOf(type), memory, value))).toBe("TRAP");
    }
  });

  it.each<[type: WitType, value: unknown, encoding: StringEncoding]>([
    [list("u32"), [1], "utf8"],
    [list("u64"), [], "utf8"],
    ["string", "a", "utf16"],
    ["string", "a", "latin1+utf16"],
  ])("is not believed where what it returns is not aligned", async (type, value, encoding) => {
    const { memory } = (await realMemory(constantRealloc("4097")))(encoding);
    expect(faultCode(() => lowered(codecOf(type), memory, value))).toBe("TRAP");
  });

  it("that traps ends the call", async () => {
    const { memory } = (
      await realMemory(`(func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)`)
    )();
    const body = () => lowered(codecOf("string"), memory, "a");
    expect(body).toThrow(WebAssembly.RuntimeError);
  });
});

describe("a guest's memory", () => {
  it.each([
    ["missing", `(memory 1)`, BUMP],
    ["a global", `(memory 1) (global (export "memory") i32 (i32.const 1))`, BUMP],
    ["a function", `(memory 1) (func (export "memory"))`, BUMP],
    ["a table", `(memory 1) (table (export "memory") 1 funcref)`, BUMP],
  ])("is refused where it is %s", async (_, memory, wat) => {
    const guest = (await realMemory(wat, memory))();
    expect(faultCode(() => lifted(codecOf("string"), guest.memory, 0, 0))).toBe("TRAP");
    expect(faultCode(() => lowered(codecOf("string"), guest.memory, "a"))).toBe("TRAP");
    expect(faultCode(() => codecOf("u8").load(guest.memory, 0))).toBe("TRAP");
  });

  it("is refused where it is shared", () => {
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const source = { memory: () => shared, realloc: () => undefined };
    const memory = new GuestMemory(source, "utf8", new Handles());
    expect(faultCode(() => codecOf("u8").load(memory, 0))).toBe("TRAP");
  });
});
