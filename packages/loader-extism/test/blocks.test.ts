import { readFileSync } from "node:fs";
import { assembleWat } from "@uni/fixtures";
import { GuestFault } from "@uni/wasm-rt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BlockLimits } from "../src/abi/block-limits.ts";
import { Blocks } from "../src/abi/blocks.ts";
import { KERNEL_BASE64 } from "../src/kernel/kernel-bytes.ts";

function newBlocks(limits: BlockLimits = { bytes: 1 << 16, count: 100 }) {
  const blocks = new Blocks(limits, (code, message) => {
    throw new GuestFault(code, message);
  });
  return { blocks, kernel: blocks.kernel };
}

/** What the kernel says after it trapped in `body`. */
function fault(blocks: Blocks, body: () => unknown): GuestFault {
  expect(body).toThrow(WebAssembly.RuntimeError);
  if (blocks.fault === undefined) throw new Error("the kernel trapped without saying why");
  return blocks.fault;
}

describe("the kernel", () => {
  it("is what its text says", async () => {
    const text = readFileSync(new URL("../src/kernel/kernel.wat", import.meta.url), "utf8");
    expect(Buffer.from(await assembleWat(text)).toString("base64")).toBe(KERNEL_BASE64);
  });
});

describe("blocks", () => {
  it("keep what was stored in them, whatever else is allocated, freed and stored", () => {
    const step = fc.record({ free: fc.nat(20), bytes: fc.uint8Array({ maxLength: 100 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { blocks, kernel } = newBlocks();
        const live = new Map<bigint, Uint8Array>();
        for (const { free, bytes } of steps) {
          const address = kernel.alloc(BigInt(bytes.length));
          expect(address).toBeGreaterThan(0n);
          expect(live.has(address)).toBe(false);
          for (const [i, byte] of bytes.entries()) kernel.store_u8(address + BigInt(i), byte);
          live.set(address, bytes);
          const victim = [...live.keys()][free];
          if (victim === undefined) continue;
          kernel.free(victim);
          live.delete(victim);
          expect(kernel.length(victim)).toBe(0n);
        }
        for (const [address, bytes] of live) {
          expect(blocks.length(address)).toBe(bytes.length);
          expect(blocks.block(Number(address))).toEqual(bytes);
        }
      }),
    );
  });

  it("are little-endian, eight bytes at a time", () => {
    const { blocks, kernel } = newBlocks();
    const address = kernel.alloc(16n);
    kernel.store_u64(address, 0x0807060504030201n);
    expect([...blocks.copy(address, 8)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(kernel.load_u64(address + 1n)).toBe(0x0008070605040302n);
    expect(kernel.load_u8(address + 7n)).toBe(8);
  });

  it("keep what was stored before the memory grew", () => {
    const { blocks, kernel } = newBlocks({ bytes: 1 << 24, count: 10 });
    const first = blocks.store(Uint8Array.of(1, 2, 3));
    const large = new Uint8Array(1 << 20).fill(7);
    const second = blocks.store(large);
    expect([...blocks.block(first)]).toEqual([1, 2, 3]);
    expect(Buffer.compare(blocks.block(second), large)).toBe(0);
    expect(kernel.fault.value).toBe(0);
  });

  for (const address of [0n, -8n, 7n, 1n << 20n, 1n << 53n, 0xffff_ffff_ffffn, (1n << 63n) - 1n]) {
    it(`cannot be reached at ${address}`, () => {
      const attempts = [
        (k: Blocks["kernel"]) => k.load_u8(address),
        (k: Blocks["kernel"]) => k.load_u64(address),
        (k: Blocks["kernel"]) => k.store_u8(address, 1),
        (k: Blocks["kernel"]) => k.store_u64(address, 1n),
      ];
      for (const attempt of attempts) {
        const { blocks, kernel } = newBlocks();
        kernel.alloc(64n);
        const { code, message } = fault(blocks, () => attempt(kernel));
        expect(code).toBe("TRAP");
        expect(message).toContain(`at address ${address} are outside of the allocated blocks`);
      }
      const { blocks, kernel } = newBlocks();
      kernel.alloc(64n);
      expect(kernel.length(address)).toBe(0n);
      kernel.free(address);
      expect(() => blocks.copy(address, 8)).toThrow(GuestFault);
      expect(kernel.fault.value).toBe(0);
    });
  }

  it("cannot be read across their end, nor by the host for a guest that says so", () => {
    const { blocks, kernel } = newBlocks();
    const address = kernel.alloc(8n);
    expect(() => blocks.copy(address, 9)).toThrow(GuestFault);
    expect(() => blocks.copy(address, 2 ** 40)).toThrow(GuestFault);
    expect(() => blocks.copy(address, -1)).toThrow(GuestFault);
    expect(fault(blocks, () => kernel.load_u64(address + 1n)).code).toBe("TRAP");
  });

  it("that a guest forges mislead nobody but the guest", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 80 }), (writes) => {
        const { blocks, kernel } = newBlocks();
        const kept = kernel.alloc(64n);
        const top = kernel.top.value;
        // Headers stand between blocks, and a guest can write them.
        kernel.alloc(64n);
        for (const [at, byte] of writes) {
          const address = kept + BigInt(at);
          if (address < kernel.top.value) kernel.store_u8(address, byte);
        }
        for (let address = kept; address < kernel.top.value; address += 8n) {
          const length = blocks.length(address);
          // Whatever the length claims, what the host copies is inside of the blocks, or refused.
          if (length <= Number(kernel.top.value - address)) blocks.copy(address, length);
          else expect(() => blocks.copy(address, length)).toThrow(GuestFault);
          kernel.free(address);
        }
        for (let i = 0; i < 5; i++) {
          const address = kernel.alloc(64n);
          expect(address).toBeGreaterThanOrEqual(kernel.base.value + 16n);
          expect(address + 64n).toBeLessThanOrEqual(kernel.top.value);
        }
        expect(kernel.top.value).toBeGreaterThanOrEqual(top);
      }),
    );
  });

  it("end at the limit of bytes, in one block or in many", () => {
    for (const bytes of [1001n, 1n << 31n, -1n]) {
      const { blocks, kernel } = newBlocks({ bytes: 1000, count: 100 });
      const { code, message } = fault(blocks, () => kernel.alloc(bytes));
      expect([code, message]).toEqual([
        "RESOURCE_LIMIT",
        `a block of ${bytes} bytes is over the limit of 1000 bytes in all blocks`,
      ]);
    }
    const { blocks, kernel } = newBlocks({ bytes: 1000, count: 100 });
    kernel.alloc(900n);
    expect(fault(blocks, () => kernel.alloc(90n)).code).toBe("RESOURCE_LIMIT");
  });

  it("end at the limit of their number, and a freed one makes room", () => {
    const { blocks, kernel } = newBlocks({ bytes: 1000, count: 2 });
    const first = kernel.alloc(1n);
    kernel.alloc(1n);
    kernel.free(first);
    kernel.free(first);
    expect(kernel.alloc(1n)).toBe(first);
    const { code, message } = fault(blocks, () => kernel.alloc(1n));
    expect([code, message]).toEqual(["RESOURCE_LIMIT", "more than 2 blocks are allocated"]);
  });
});

describe("the input", () => {
  it("is read as it was given, and not beyond its end", () => {
    const { blocks, kernel } = newBlocks();
    const input = Uint8Array.from({ length: 13 }, (_, i) => i + 1);
    blocks.begin(input);
    expect(kernel.input_length()).toBe(13n);
    expect(Array.from(input, (_, i) => kernel.input_load_u8(BigInt(i)))).toEqual([...input]);
    expect(kernel.input_load_u64(5n)).toBe(0x0d0c0b0a09080706n);
    for (const offset of [6n, 13n, -1n, 1n << 40n]) {
      const { code, message } = fault(blocks, () => kernel.input_load_u64(offset));
      expect(code).toBe("TRAP");
      expect(message).toMatch(/outside of the input of 13 bytes/);
    }
  });

  it("is out of reach of stores", () => {
    const { blocks, kernel } = newBlocks();
    blocks.begin(new Uint8Array(64));
    kernel.alloc(8n);
    expect(fault(blocks, () => kernel.store_u8(16n, 1)).code).toBe("TRAP");
  });

  it("takes the place of what was there before, blocks and faults included", () => {
    const { blocks, kernel } = newBlocks();
    kernel.alloc(8n);
    fault(blocks, () => kernel.load_u8(0n));
    blocks.begin(Uint8Array.of(9));
    expect(blocks.fault).toBeUndefined();
    expect(kernel.top.value).toBe(kernel.base.value);
    expect(kernel.input_load_u8(0n)).toBe(9);
  });
});

describe("the next guest of a kernel", () => {
  const SECRET = Uint8Array.from({ length: 48 }, (_, i) => 0xa0 + (i % 16));

  it("finds nothing of the one before, in its blocks or anywhere in their memory", () => {
    const first = newBlocks().blocks;
    first.begin(SECRET);
    first.store(SECRET);
    first.kernel.input_offset();
    first.giveBack();
    const second = newBlocks().blocks;
    expect(second.kernel).toBe(first.kernel);
    expect(new Uint8Array(second.kernel.memory.buffer).some((byte) => byte !== 0)).toBe(false);
    expect(second.kernel.input_length()).toBe(0n);
    expect(second.kernel.length(16n)).toBe(0n);
    expect(second.block(Number(second.kernel.input_offset()))).toEqual(new Uint8Array(0));
  });

  it("is a new kernel where the memory had become large", () => {
    const { blocks } = newBlocks({ bytes: 1 << 24, count: 10 });
    blocks.store(new Uint8Array(1 << 20));
    blocks.giveBack();
    expect(newBlocks().kernel).not.toBe(blocks.kernel);
  });
});
