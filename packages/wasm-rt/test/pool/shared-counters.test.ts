import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createPoolCounters, holderOf, nextWord, ownerOf } from "../../src/pool/pool-counters.ts";
import { createGuest, GuestError, thrownBy } from "./guest.ts";

function share(counters: SharedArrayBuffer, maxInstances: number) {
  return new InstancePool({ maxInstances }, createGuest, GuestError, { counters });
}

test("is one cap and one set of counts for all pools that share the counters", () => {
  const counters = createPoolCounters();
  const one = share(counters, 2);
  const other = share(counters, 2);
  const guest = one.acquire();
  other.acquire();
  expect(() => one.acquire()).toThrow("instance pool at capacity (2 live)");
  expect(() => other.acquire()).toThrow("instance pool at capacity (2 live)");
  one.release(guest);
  other.acquire();
  expect(one.metrics).toEqual({ hits: 0, misses: 3, exhausted: 2, live: 2 });
  expect(other.metrics).toEqual(one.metrics);
});

test("is a cap of its own for a pool without counters", () => {
  const one = new InstancePool({ maxInstances: 1 }, createGuest, GuestError);
  const other = new InstancePool({ maxInstances: 1 }, createGuest, GuestError);
  one.acquire();
  expect(other.metrics).toEqual({ hits: 0, misses: 0, exhausted: 0, live: 0 });
  other.acquire();
});

test("refuses a second pool with another cap", () => {
  const counters = createPoolCounters();
  share(counters, 2);
  for (const cap of [1, 3]) {
    expect(thrownBy(() => share(counters, cap))).toMatchObject({
      code: "POOL_CONFIG",
      message: `counters are shared by pools of maxInstances 2, and this pool has ${cap}; pools that share counters share one cap`,
    });
  }
});

test("refuses a cap that its table has no room for, and stays usable", () => {
  const counters = createPoolCounters(3);
  expect(thrownBy(() => share(counters, 4))).toMatchObject({
    code: "POOL_CONFIG",
    message:
      "counters have room for 3 instances, fewer than maxInstances 4; call createPoolCounters(4)",
  });
  const pool = share(counters, 3);
  for (let i = 0; i < 3; i++) pool.acquire();
  expect(() => pool.acquire()).toThrow("instance pool at capacity (3 live)");
});

test.each([0, -1, 1.5, 2 ** 21, Number.POSITIVE_INFINITY])("makes no table of %d slots", (size) => {
  expect(() => createPoolCounters(size)).toThrow(expect.objectContaining({ code: "POOL_CONFIG" }));
});

test("refuses a buffer that createPoolCounters did not make", () => {
  const real = new Uint8Array(createPoolCounters(4));
  const cut = new SharedArrayBuffer(32);
  new Uint8Array(cut).set(real.subarray(0, 32));
  const odd = new SharedArrayBuffer(45);
  new Uint8Array(odd).set(real.subarray(0, 45));
  const buffers = [new SharedArrayBuffer(0), new SharedArrayBuffer(48), cut, odd];
  for (const counters of [...buffers, new ArrayBuffer(48), real, 4, null]) {
    const error = thrownBy(() =>
      Reflect.construct(InstancePool, [{}, createGuest, GuestError, { counters }]),
    );
    expect(error).toMatchObject({ code: "POOL_CONFIG" });
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(/^counters must be a buffer made by createPoolCounters\(\), not /),
    );
  }
});

test("gives every slot word a holder that is never mistaken for a free slot", () => {
  for (const threadId of [0, 1, 2 ** 24 - 2, 2 ** 24 - 1, 2 ** 24, 2 ** 31]) {
    const owner = ownerOf(threadId);
    expect(owner).toBeGreaterThan(0);
    expect(holderOf(nextWord(0, owner))).toBe(owner);
  }
});

test("changes a slot's word with every claim and release, for 256 of them", () => {
  const owner = ownerOf(2 ** 24 - 2);
  const words = new Set<number>();
  let word = 0;
  for (let i = 0; i < 128; i++) {
    word = nextWord(word, owner);
    words.add(word);
    expect(holderOf(word)).toBe(owner);
    word = nextWord(word, 0);
    words.add(word);
    expect(holderOf(word)).toBe(0);
  }
  expect(words.size).toBe(256);
  expect(word).toBe(0);
  expect([...words].every((each) => each === (each | 0))).toBe(true);
});
