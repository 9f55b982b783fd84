import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harden } from "../../../src/index.ts";
import { exported, functionType, moduleOf } from "./module-of.ts";

const PAGES = 65; // a little more than four chunks of 1 MiB
const BYTES = PAGES * 65_536;
const CHUNK = 2 ** 20;
const LIMITS = { memoryPages: 2 * PAGES, tableElements: 0, heapBytes: 0 };
const [I32, I64] = [0x7f, 0x7e];

/** Exports fill and copy of memory 0, and copies between it and memory 1, where there is one. */
function bulkModule(addresses: readonly number[], shared: boolean): Uint8Array<ArrayBuffer> {
  const [first = I32, second] = addresses;
  const smaller = second === I32 ? I32 : first;
  const memory = (address: number) => [
    (shared ? 3 : 0) | (address === I64 ? 4 : 0),
    PAGES,
    ...(shared ? [PAGES] : []),
  ];
  const all = [0x20, 0, 0x20, 1, 0x20, 2];
  return moduleOf({
    types: [
      functionType([first, I32, first], []),
      functionType([first, first, first], []),
      functionType([first, second ?? first, smaller], []),
    ],
    functions: second === undefined ? [0, 1] : [0, 1, 2],
    memories: addresses.map(memory),
    exports: [
      exported("fill", 0, 0),
      exported("copy", 0, 1),
      ...addresses.map((_, i) => exported(`m${i}`, 2, i)),
      ...(second === undefined ? [] : [exported("cross", 0, 2)]),
    ],
    bodies: [
      [0, ...all, 0xfc, 11, 0, 0x0b],
      [0, ...all, 0xfc, 10, 0, 0, 0x0b],
      ...(second === undefined ? [] : [[0, ...all, 0xfc, 10, 0, 1, 0x0b]]),
    ],
  });
}

class Guest {
  readonly #exports: WebAssembly.Exports;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  }

  memory(i: number): Uint8Array {
    const memory = this.#exports[`m${i}`];
    if (!(memory instanceof WebAssembly.Memory)) throw new Error(`there is no memory ${i}`);
    return new Uint8Array(memory.buffer);
  }

  /** Calls with memories that are full of a pattern, and gives the trap. */
  run(name: string, args: readonly (number | bigint)[], memories: number): string | undefined {
    for (let i = 0; i < memories; i++) {
      const words = new Uint32Array(this.memory(i).buffer);
      for (let at = 0; at < words.length; at++) words[at] = Math.imul(at + 1 + i, 2_654_435_761);
    }
    try {
      (this.#exports[name] as (...args: unknown[]) => void)(...args);
      return undefined;
    } catch (error) {
      return String(error);
    }
  }
}

// Where chunks, pages and the memory end, and next to that; far out of bounds too.
const near = (...values: number[]) =>
  fc
    .tuple(fc.constantFrom(...values), fc.integer({ min: -3, max: 3 }))
    .map(([value, off]) => Math.max(0, value + off));
const position = fc.oneof(
  near(0, CHUNK, 2 * CHUNK, BYTES - CHUNK, BYTES, 2 ** 32 - 4),
  fc.integer({ min: 0, max: BYTES }),
);
const length = fc.oneof(
  near(0, CHUNK, 2 * CHUNK, 3 * CHUNK, BYTES, 2 ** 32 - 4),
  fc.integer({ min: 0, max: BYTES }),
);

const KINDS: readonly [string, readonly number[], boolean][] = [
  ["a memory", [I32], false],
  ["a shared memory", [I32], true],
  ["a 64-bit memory", [I64], false],
  ["two memories", [I32, I32], false],
  ["a 32-bit and a 64-bit memory", [I32, I64], false],
  ["a 64-bit and a 32-bit memory", [I64, I32], false],
];

describe("memory.fill and memory.copy in chunks do what the instructions do", () => {
  it.each(KINDS)("in %s", (_what, addresses, shared) => {
    const original = bulkModule(addresses, shared);
    if (!WebAssembly.validate(original)) {
      expect(() => harden(original, LIMITS)).toThrow(/not valid WebAssembly/);
      return;
    }
    const plain = new Guest(original);
    const chunked = new Guest(harden(original, LIMITS));
    const [first = I32, second = first] = addresses;
    const smaller = second === I32 ? I32 : first;
    const as = (type: number, value: number) => (type === I64 ? BigInt(value) : value);
    const same = (name: string, args: readonly (number | bigint)[]) => {
      expect(chunked.run(name, args, addresses.length)).toBe(
        plain.run(name, args, addresses.length),
      );
      for (const i of addresses.keys()) {
        expect(Buffer.compare(chunked.memory(i), plain.memory(i))).toBe(0);
      }
    };
    const ranges = fc.tuple(position, position, length);
    fc.assert(
      fc.property(ranges, fc.nat(255), ([to, from, size], value) => {
        same("fill", [as(first, to), value, as(first, size)]);
        same("copy", [as(first, to), as(first, from), as(first, size)]);
        if (addresses.length > 1) {
          same("cross", [as(first, to), as(second, from), as(smaller, size)]);
        }
      }),
      { numRuns: 40 },
    );
    // Overlaps by less than a chunk, in both directions.
    for (const [to, from] of [
      [1, 0],
      [0, 1],
      [CHUNK - 1, 0],
      [0, CHUNK + 1],
    ] as const) {
      same("copy", [as(first, to), as(first, from), as(first, 3 * CHUNK + 5)]);
    }
  });

  it("with lengths and addresses beyond 2 ** 63", () => {
    const original = bulkModule([I64], false);
    if (!WebAssembly.validate(original)) {
      expect(() => harden(original, LIMITS)).toThrow(/not valid WebAssembly/);
      return;
    }
    const chunked = new Guest(harden(original, LIMITS));
    const before = new Guest(original);
    before.run("fill", [0n, 0, 0n], 1);
    for (const [to, size] of [
      [-1n, 2n],
      [BigInt(BYTES - 1), -1n],
      [-BigInt(CHUNK), BigInt(2 * CHUNK)],
      [0n, -1n],
    ] as const) {
      expect(chunked.run("fill", [to, 7, size], 1)).toMatch(/out of bounds/);
      expect(chunked.run("copy", [to, 0n, size], 1)).toMatch(/out of bounds/);
      expect(chunked.run("copy", [0n, to, size], 1)).toMatch(/out of bounds/);
      expect(Buffer.compare(chunked.memory(0), before.memory(0))).toBe(0);
    }
  });
});
