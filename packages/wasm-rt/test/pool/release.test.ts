import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createPoolCounters } from "../../src/pool/pool-counters.ts";
import { PoolError } from "../../src/pool/pool-error.ts";
import { createGuest, Guest, GuestError, StubbornGuest, thrownBy } from "./guest.ts";

test("disposes a released instance, once", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  const guest = pool.acquire();
  expect(guest.disposals).toBe(0);
  pool.release(guest);
  expect(guest.disposals).toBe(1);
  expect(pool.metrics.live).toBe(0);
});

test("releases an instance that has no disposal", () => {
  const pool = new InstancePool({}, () => Object.create(null) as object, GuestError); // no prototype
  pool.release(pool.acquire());
  expect(pool.metrics.live).toBe(0);
});

test("frees the slot when disposal throws, and lets the very same error through", () => {
  const pool = new InstancePool({ maxInstances: 1 }, () => new StubbornGuest(), GuestError);
  const guest = pool.acquire();
  expect(thrownBy(() => pool.release(guest))).toBe(guest.failure);
  expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 0 });
  pool.acquire();
});

test("keeps the slot taken until disposal has ended", () => {
  const pool = new InstancePool(
    { maxInstances: 1 },
    () => ({ [Symbol.dispose]: () => void pool.acquire() }),
    GuestError,
  );
  const guest = pool.acquire();
  expect(() => pool.release(guest)).toThrow("instance pool at capacity (1 live)");
  expect(pool.metrics.live).toBe(0);
});

test.each(["release", "detach"] as const)(
  "throws at the %s of an instance that is back, and changes nothing",
  (end) => {
    const pool = new InstancePool({}, createGuest, GuestError);
    const guest = pool.acquire();
    pool.acquire();
    pool.release(guest);
    const before = pool.metrics;
    const error = thrownBy(() => pool[end](guest));
    expect(error).toBeInstanceOf(PoolError);
    expect(error).toMatchObject({
      code: "POOL_NOT_HELD",
      message:
        "[Guest] is not out of this pool; give back only what its acquire() returned, once, to the same pool object",
    });
    expect(pool.metrics).toEqual(before);
    expect(guest.disposals).toBe(1);
  },
);

test("throws when a disposal releases its own instance again", () => {
  const pool = new InstancePool(
    {},
    () => ({
      [Symbol.dispose]() {
        pool.release(this);
      },
    }),
    GuestError,
  );
  const guest = pool.acquire();
  expect(() => pool.release(guest)).toThrow(expect.objectContaining({ code: "POOL_NOT_HELD" }));
  expect(pool.metrics.live).toBe(0);
});

test.each(["release", "detach"] as const)(
  "throws at the %s of what it never handed out, and changes nothing",
  (end) => {
    const pool = new InstancePool<unknown, GuestError>({}, createGuest, GuestError);
    pool.acquire();
    const before = pool.metrics;
    const stranger = new Guest();
    for (const foreign of [stranger, 7, undefined, null]) {
      expect(() => pool[end](foreign)).toThrow(expect.objectContaining({ code: "POOL_NOT_HELD" }));
    }
    expect(pool.metrics).toEqual(before);
    expect(stranger.disposals).toBe(0);
  },
);

test("takes back only from the pool object that handed out, even when two share counters", () => {
  const options = { counters: createPoolCounters() };
  const one = new InstancePool({}, createGuest, GuestError, options);
  const other = new InstancePool({}, createGuest, GuestError, options);
  const guest = one.acquire();
  other.acquire();
  expect(() => other.release(guest)).toThrow(expect.objectContaining({ code: "POOL_NOT_HELD" }));
  expect(one.metrics.live).toBe(2);
  one.release(guest);
  expect(one.metrics.live).toBe(1);
});

test("detaches an instance: the slot is free and nothing is disposed", () => {
  const pool = new InstancePool({ maxInstances: 1 }, createGuest, GuestError);
  const guest = pool.acquire();
  pool.detach(guest);
  expect(guest.disposals).toBe(0);
  expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 0 });
  pool.acquire();
});
