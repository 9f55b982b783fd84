import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createGuest, type Guest, GuestError, thrownBy } from "./guest.ts";

test.each([new Error("no memory"), "a string", undefined, null, { code: 7 }])(
  "gives the slot back when the factory throws %s, and lets the very same value through",
  (failure) => {
    let fails = true;
    const factory = () => {
      if (fails) throw failure;
      return createGuest();
    };
    const pool = new InstancePool({ maxInstances: 1 }, factory, GuestError);
    for (let i = 0; i < 3; i++) expect(thrownBy(() => pool.acquire())).toBe(failure);
    expect(pool.metrics).toEqual({ hits: 0, misses: 0, exhausted: 0, live: 0 });
    fails = false;
    pool.acquire();
    expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 1 });
  },
);

test("counts an instance under construction as live", () => {
  let duringConstruction = -1;
  const pool: InstancePool<Guest, GuestError> = new InstancePool(
    {},
    () => {
      duringConstruction = pool.metrics.live;
      return createGuest();
    },
    GuestError,
  );
  pool.acquire();
  expect(duringConstruction).toBe(1);
});

test("lets a factory acquire from its own pool, up to the cap", () => {
  const built: Guest[] = [];
  const pool: InstancePool<Guest, GuestError> = new InstancePool(
    { maxInstances: 3 },
    () => {
      if (pool.metrics.live < 3) built.push(pool.acquire());
      return createGuest();
    },
    GuestError,
  );
  built.push(pool.acquire());
  expect(new Set(built).size).toBe(3);
  expect(pool.metrics).toEqual({ hits: 0, misses: 3, exhausted: 0, live: 3 });
  for (const guest of built) pool.release(guest);
  expect(pool.metrics.live).toBe(0);
});

test("gives every slot back when a factory acquires without end", () => {
  const pool: InstancePool<Guest, GuestError> = new InstancePool(
    { maxInstances: 3 },
    () => pool.acquire(),
    GuestError,
  );
  expect(() => pool.acquire()).toThrow("instance pool at capacity (3 live)");
  expect(pool.metrics).toEqual({ hits: 0, misses: 0, exhausted: 1, live: 0 });
});

test("refuses a factory that passes on what it acquired from its own pool", () => {
  let nested = false;
  const pool: InstancePool<Guest, GuestError> = new InstancePool(
    {},
    () => {
      if (nested) return createGuest();
      nested = true;
      return pool.acquire();
    },
    GuestError,
  );
  expect(() => pool.acquire()).toThrow(expect.objectContaining({ code: "POOL_NOT_FRESH" }));
  expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 1 });
});
