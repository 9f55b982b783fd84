import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { describe, expect, it, onTestFinished } from "vitest";
import { Guest, guestWithPages } from "./guest.ts";

const FAULT = 21;

/** Bytes that are not 0xAA, which every byte was; of random ones 255 in 256 are not. */
const changed = (bytes: Uint8Array) => bytes.filter((byte) => byte !== 0xaa).length;

/** How many bytes each call asks the source of random bytes for, until the test is over. */
function notedFills(): number[] {
  const sizes: number[] = [];
  const fill = crypto.randomFillSync;
  const replace = (replacement: typeof fill) => {
    crypto.randomFillSync = replacement;
    syncBuiltinESMExports();
  };
  replace(<T extends NodeJS.ArrayBufferView>(bytes: T): T => {
    sizes.push(bytes.byteLength);
    return fill(bytes);
  });
  onTestFinished(() => replace(fill));
  return sizes;
}

describe("random_get", () => {
  it("fills the range that was asked for, and nothing beside it", () => {
    const guest = guestWithPages();
    expect(guest.call("random_get", 100, 1000)).toBe(0);
    expect(changed(guest.bytes().subarray(100, 1100))).toBeGreaterThan(900);
    expect(changed(guest.bytes().subarray(0, 100))).toBe(0);
    expect(changed(guest.bytes().subarray(1100))).toBe(0);
  });

  it("fills every byte of a range of several chunks", () => {
    const guest = guestWithPages(4);
    const [start, end] = [5, 3 * 65_536 + 12];
    const stayed = new Set(Array.from({ length: end - start }, (_, at) => start + at));
    // One byte in 256 stays as it was by chance, and none does every time.
    for (let round = 0; round < 12; round++) {
      guest.bytes().fill(0xaa);
      expect(guest.call("random_get", start, end - start)).toBe(0);
      for (const at of stayed) if (guest.bytes()[at] !== 0xaa) stayed.delete(at);
    }
    expect([...stayed]).toEqual([]);
    expect(changed(guest.bytes().subarray(0, start))).toBe(0);
    expect(changed(guest.bytes().subarray(end))).toBe(0);
  });

  it("asks for at most 64 KiB at once, so that a thread can be ended between two chunks", () => {
    const fillSizes = notedFills();
    expect(guestWithPages(4).call("random_get", 5, 3 * 65_536 + 7)).toBe(0);
    expect(fillSizes).toEqual([65_536, 65_536, 65_536, 7]);
  });

  it("gives other bytes each time", () => {
    const guest = guestWithPages();
    guest.call("random_get", 0, 32);
    const first = guest.bytes().slice(0, 32);
    guest.call("random_get", 0, 32);
    expect(guest.bytes().slice(0, 32)).not.toEqual(first);
  });

  it.each([
    ["one byte too long", 65_536 - 10, 11],
    ["of four gigabytes", 0, -1],
    ["at an address that is outside", 65_537, 0],
    ["that wraps around", -8, 16],
  ])("leaves the memory as it is for a range %s", (_what, address, length) => {
    const guest = guestWithPages();
    expect(guest.call("random_get", address, length)).toBe(FAULT);
    expect(changed(guest.bytes())).toBe(0);
  });

  it("fills a memory that is shared with other threads", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const guest = new Guest(memory);
    expect(guest.call("random_get", 0, 1000)).toBe(0);
    expect(guest.bytes().filter((byte) => byte !== 0).length).toBeGreaterThan(900);
  });
});
