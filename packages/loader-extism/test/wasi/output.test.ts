import { describe, expect, it } from "vitest";
import { Guest, guestWithPages } from "./guest.ts";

const [BADF, FAULT, NOTCAPABLE] = [8, 21, 76];

describe("fd_write", () => {
  it("passes on what goes to stdout and to stderr", () => {
    const guest = guestWithPages();
    expect(guest.print(1, "out\n")).toBe(4);
    expect(guest.print(2, "err\n")).toBe(4);
    expect(guest.written).toEqual([
      ["stdout", "out\n"],
      ["stderr", "err\n"],
    ]);
  });

  it("gathers its vectors in their order, empty ones too", () => {
    const guest = guestWithPages();
    guest.bytes().set(new TextEncoder().encode("world, hello"), 1000);
    guest.storeVectors(0, [1007, 5], [2000, 0], [1005, 2], [1000, 5]);
    expect(guest.call("fd_write", 1, 0, 4, 500)).toBe(0);
    expect(guest.view().getUint32(500, true)).toBe(12);
    expect(guest.written).toEqual([["stdout", "hello, world"]]);
  });

  it("puts characters together that come in parts, for each stream alone", () => {
    const guest = guestWithPages();
    const [euro, grin] = [new TextEncoder().encode("€"), new TextEncoder().encode("😀")];
    guest.print(1, euro.subarray(0, 1));
    guest.print(2, grin.subarray(0, 3));
    expect(guest.written).toEqual([]);
    guest.print(1, euro.subarray(1));
    guest.print(2, grin.subarray(3));
    expect(guest.written).toEqual([
      ["stdout", "€"],
      ["stderr", "😀"],
    ]);
  });

  it("replaces what is no UTF-8, and keeps a leading U+FEFF", () => {
    const guest = guestWithPages();
    guest.print(1, Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62));
    expect(guest.written).toEqual([["stdout", "\ufeffa\ufffdb"]]);
  });

  it.each([
    ["closes the stream", (guest: Guest) => guest.call("fd_close", 1)],
    ["exits", (guest: Guest) => expect(() => guest.call("proc_exit", 0)).toThrow("exited with 0")],
  ])("shows a character whose end never came once the guest %s", (_what, end) => {
    const guest = guestWithPages();
    guest.print(1, Uint8Array.of(0x61, 0xe2, 0x82));
    expect(guest.written).toEqual([["stdout", "a"]]);
    end(guest);
    expect(guest.written).toEqual([
      ["stdout", "a"],
      ["stdout", "\ufffd"],
    ]);
  });

  it("takes 64 KiB at once and says so, though a character is cut", () => {
    const guest = guestWithPages(4);
    const text = `${"x".repeat(65_534)}€ and the rest`;
    const bytes = new TextEncoder().encode(text);
    const taken = guest.print(1, bytes);
    expect(taken).toBe(65_536);
    expect(guest.print(1, bytes.subarray(taken))).toBe(bytes.length - taken);
    expect(guest.written.map(([, part]) => part).join("")).toBe(text);
  });

  it("takes 64 KiB of all vectors together", () => {
    const guest = guestWithPages(2);
    guest.bytes().fill(0x78);
    guest.storeVectors(0, [100, 40_000], [200, 40_000], [300, 40_000]);
    expect(guest.call("fd_write", 1, 0, 3, 64)).toBe(0);
    expect(guest.view().getUint32(64, true)).toBe(65_536);
    expect(guest.written.map(([, text]) => text.length)).toEqual([65_536]);
  });

  it("takes 1,024 vectors at once and says so", () => {
    const guest = guestWithPages();
    guest.bytes().fill(0x78);
    const vectors = Array.from({ length: 1025 }, () => [60_000, 1] as const);
    guest.storeVectors(0, ...vectors);
    expect(guest.call("fd_write", 1, 0, 1025, 60_100)).toBe(0);
    expect(guest.view().getUint32(60_100, true)).toBe(1024);
    expect(guest.written).toEqual([["stdout", "x".repeat(1024)]]);
  });

  it.each([
    ["array of vectors", (guest: Guest) => guest.call("fd_write", 1, 65_536 - 15, 2, 100)],
    ["count of vectors", (guest: Guest) => guest.call("fd_write", 1, 0, -1, 100)],
    ["second vector", (guest: Guest) => guest.call("fd_write", 1, 0, 2, 100)],
    ["answer", (guest: Guest) => guest.call("fd_write", 1, 0, 1, 65_536 - 3)],
  ])("writes nothing where its %s is outside of the memory", (_what, write) => {
    const guest = guestWithPages();
    guest.storeVectors(0, [1024, 3], [65_530, 7]);
    const before = guest.bytes().slice();
    expect(write(guest)).toBe(FAULT);
    expect(guest.written).toEqual([]);
    expect(guest.bytes()).toEqual(before);
  });

  it("writes neither to the input nor to a descriptor that is not open", () => {
    const guest = guestWithPages();
    guest.storeVectors(0, [1024, 3]);
    expect(guest.call("fd_write", 0, 0, 1, 100)).toBe(NOTCAPABLE);
    expect(guest.call("fd_write", 3, 0, 1, 100)).toBe(BADF);
    expect(guest.call("fd_write", -1, 0, 1, 100)).toBe(BADF);
    expect(guest.written).toEqual([]);
  });

  it("reads a memory that is shared with other threads", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const guest = new Guest(memory);
    expect(guest.print(1, "shared")).toBe(6);
    expect(guest.written).toEqual([["stdout", "shared"]]);
  });
});
