import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Blocks } from "../src/abi/blocks.ts";
import { GuestFault } from "../src/abi/guest-fault.ts";

function blocks(limits = { bytes: 1 << 16, count: 100 }) {
  return new Blocks(limits, (code, message) => {
    throw new GuestFault(code, message);
  });
}

const fault = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("blocks", () => {
  it("keep what was stored in them, whatever else is allocated, freed and stored", () => {
    const step = fc.record({ free: fc.nat(20), bytes: fc.uint8Array({ maxLength: 100 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const memory = blocks();
        const live = new Map<number, Uint8Array>();
        for (const { free, bytes } of steps) {
          const address = memory.alloc(bytes.length);
          expect(address).toBeGreaterThan(0);
          expect(live.has(address)).toBe(false);
          for (const [i, byte] of bytes.entries()) memory.storeU8(address + i, byte);
          live.set(address, bytes);
          const victim = [...live.keys()][free];
          if (victim === undefined) continue;
          memory.free(victim);
          live.delete(victim);
          expect(memory.length(victim)).toBe(0);
        }
        for (const [address, bytes] of live) {
          expect(memory.length(address)).toBe(bytes.length);
          if (bytes.length > 0) expect(memory.copy(address, bytes.length)).toEqual(bytes);
        }
      }),
    );
  });

  it("are little-endian, eight bytes at a time", () => {
    const memory = blocks();
    const address = memory.alloc(16);
    memory.storeU64(address, 0x0807060504030201n);
    expect([...memory.copy(address, 8)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(memory.loadU64(address + 1)).toBe(0x0008070605040302n);
    expect(memory.loadU8(address + 7)).toBe(8);
  });

  it("keep what was stored before the space grew", () => {
    const memory = blocks({ bytes: 1 << 20, count: 10 });
    const address = memory.alloc(8);
    memory.storeU64(address, 42n);
    memory.alloc(1 << 19);
    expect(memory.loadU64(address)).toBe(42n);
  });

  for (const address of [0, -8, 7, 1 << 20, 2 ** 53, Number.NaN]) {
    it(`cannot be reached at ${address}`, () => {
      const memory = blocks();
      memory.alloc(64);
      const outside = fault("TRAP", /outside of the allocated blocks/);
      expect(() => memory.loadU8(address)).toThrow(outside);
      expect(() => memory.loadU64(address)).toThrow(outside);
      expect(() => memory.storeU8(address, 1)).toThrow(outside);
      expect(() => memory.storeU64(address, 1n)).toThrow(outside);
      expect(() => memory.copy(address, 8)).toThrow(outside);
      expect(memory.length(address)).toBe(0);
      expect(() => memory.free(address)).not.toThrow();
    });
  }

  it("cannot be read across their end", () => {
    const memory = blocks();
    const address = memory.alloc(8);
    expect(() => memory.loadU64(address + 1)).toThrow(fault("TRAP", /8 bytes at address/));
    expect(() => memory.copy(address, 2 ** 40)).toThrow(fault("TRAP", /outside/));
    expect(() => memory.copy(address, -1)).toThrow(fault("TRAP", /outside/));
  });

  it("end at the limit of bytes, in one block or in many", () => {
    const memory = blocks({ bytes: 1000, count: 100 });
    expect(() => memory.alloc(1001)).toThrow(fault("RESOURCE_LIMIT", /1001 bytes/));
    expect(() => memory.alloc(2 ** 31)).toThrow(fault("RESOURCE_LIMIT", /2147483648/));
    expect(() => memory.alloc(-1)).toThrow(fault("RESOURCE_LIMIT", /-1 bytes/));
    memory.alloc(992);
    expect(() => memory.alloc(9)).toThrow(fault("RESOURCE_LIMIT", /limit of 1000 bytes/));
  });

  it("end at the limit of their number, and a freed one makes room", () => {
    const memory = blocks({ bytes: 1000, count: 2 });
    const first = memory.alloc(1);
    memory.alloc(1);
    expect(() => memory.alloc(1)).toThrow(fault("RESOURCE_LIMIT", /more than 2 blocks/));
    memory.free(first);
    memory.free(first);
    expect(memory.alloc(1)).toBe(first);
    expect(() => memory.alloc(1)).toThrow(fault("RESOURCE_LIMIT", /more than 2 blocks/));
  });
});
