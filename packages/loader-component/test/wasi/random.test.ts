import { afterEach, describe, expect, it, vi } from "vitest";
import { Guest } from "./guest.ts";

const BYTES = [
  "wasi:random/random#get-random-bytes",
  "wasi:random/insecure#get-insecure-random-bytes",
];
const NUMBERS = [
  "wasi:random/random#get-random-u64",
  "wasi:random/insecure#get-insecure-random-u64",
];
const SEED = "wasi:random/insecure-seed#insecure-seed";

afterEach(() => vi.restoreAllMocks());

describe.each(BYTES)("%s", (name) => {
  const bytes = (guest: Guest, length: bigint) => guest.call(name, length) as Uint8Array;

  it("gives as many bytes as were asked for, others each time", () => {
    const guest = new Guest();
    const [first, second] = [bytes(guest, 32n), bytes(guest, 32n)];
    expect(first).toBeInstanceOf(Uint8Array);
    expect([first.length, second.length]).toEqual([32, 32]);
    expect(first).not.toEqual(second);
    expect(bytes(guest, 0n)).toEqual(new Uint8Array(0));
  });

  it("fills every byte of several chunks", () => {
    const guest = new Guest();
    const length = 2 * 65_536 + 12;
    const zero = new Set(Array.from({ length }, (_, at) => at));
    // One byte in 256 is zero by chance, and none is every time.
    for (let round = 0; round < 12; round++) {
      const random = bytes(guest, BigInt(length));
      for (const at of zero) if (random[at] !== 0) zero.delete(at);
    }
    expect([...zero]).toEqual([]);
  });

  it("gives at most 1 MiB at once, and allocates nothing for more", () => {
    const guest = new Guest();
    expect(bytes(guest, 1_048_576n)).toHaveLength(1_048_576);
    const fill = vi.spyOn(crypto, "getRandomValues");
    for (const length of [1_048_577n, 2n ** 32n, 2n ** 64n - 1n]) {
      expect(() => bytes(guest, length)).toThrow(
        `was asked for ${length} bytes; it gives at most 1048576 at once`,
      );
    }
    expect(fill).not.toHaveBeenCalled();
  });
});

describe.each([...NUMBERS, SEED])("%s", (name) => {
  it("gives 64 random bits, others each time", () => {
    const guest = new Guest();
    const numbers = Array.from({ length: 200 }, () => guest.call(name)).flat() as bigint[];
    expect(new Set(numbers).size).toBe(name === SEED ? 400 : 200);
    for (const number of numbers) expect(BigInt.asUintN(64, number)).toBe(number);
    const [ever, never] = [(a: bigint, b: bigint) => a | b, (a: bigint, b: bigint) => a & b];
    expect(numbers.reduce(ever)).toBe(2n ** 64n - 1n);
    expect(numbers.reduce(never)).toBe(0n);
  });
});

it("is another for every guest", () => {
  for (const name of [...NUMBERS, SEED]) {
    expect(new Guest().call(name)).not.toEqual(new Guest().call(name));
  }
});
