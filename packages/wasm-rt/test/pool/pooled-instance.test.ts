import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { PoolError } from "../../src/pool/pool-error.ts";
import { PooledInstance } from "../../src/pool/pooled-instance.ts";
import { createGuest, GuestError, StubbornGuest, thrownBy } from "./guest.ts";

const GONE = expect.objectContaining({ code: "POOL_NOT_HELD" });

test("releases its instance at the end of the scope", () => {
  const pool = new InstancePool({ maxInstances: 1 }, createGuest, GuestError);
  const use = () => {
    using pooled = PooledInstance.acquire(pool);
    expect(pool.metrics.live).toBe(1);
    return pooled.get();
  };
  expect(use().disposals).toBe(1);
  expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 0 });
});

test("releases its instance when the scope throws", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  const failure = new Error("the call failed");
  const use = () => {
    using _pooled = PooledInstance.acquire(pool);
    throw failure;
  };
  expect(thrownBy(use)).toBe(failure);
  expect(pool.metrics.live).toBe(0);
});

test("throws what the pool throws when nothing can be acquired", () => {
  const pool = new InstancePool({ maxInstances: 1 }, createGuest, GuestError);
  using _held = PooledInstance.acquire(pool);
  expect(thrownBy(() => PooledInstance.acquire(pool))).toBeInstanceOf(GuestError);
});

test("take moves the instance out: freed once, never disposed", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  const neighbour = pool.acquire();
  const take = () => {
    using pooled = PooledInstance.acquire(pool);
    const guest = pooled.get();
    expect(pooled.take()).toBe(guest);
    expect(pool.metrics.live).toBe(1);
    return guest;
  };
  expect(take().disposals).toBe(0);
  expect(pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 0, live: 1 });
  pool.release(neighbour);
});

test.each(["get", "take"] as const)("%s after take throws and changes nothing", (use) => {
  const pool = new InstancePool({}, createGuest, GuestError);
  pool.acquire();
  const pooled = PooledInstance.acquire(pool);
  pooled.take();
  const before = pool.metrics;
  const error = thrownBy(() => pooled[use]());
  expect(error).toBeInstanceOf(PoolError);
  expect(error).toMatchObject({
    code: "POOL_NOT_HELD",
    message: "this pooled instance was taken and is gone; acquire another one",
  });
  expect(pool.metrics).toEqual(before);
});

test.each(["get", "take"] as const)("%s after disposal throws and changes nothing", (use) => {
  const pool = new InstancePool({}, createGuest, GuestError);
  pool.acquire();
  const pooled = PooledInstance.acquire(pool);
  pooled[Symbol.dispose]();
  const before = pool.metrics;
  expect(() => pooled[use]()).toThrow(GONE);
  expect(pool.metrics).toEqual(before);
});

test("disposing twice releases once", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  pool.acquire();
  const pooled = PooledInstance.acquire(pool);
  const guest = pooled.get();
  pooled[Symbol.dispose]();
  pooled[Symbol.dispose]();
  expect(guest.disposals).toBe(1);
  expect(pool.metrics.live).toBe(1);
});

test("lets the error of a disposal through, and does not dispose again", () => {
  const pool = new InstancePool({}, () => new StubbornGuest(), GuestError);
  const pooled = PooledInstance.acquire(pool);
  const guest = pooled.get();
  expect(thrownBy(() => pooled[Symbol.dispose]())).toBe(guest.failure);
  pooled[Symbol.dispose]();
  expect(guest.disposals).toBe(1);
  expect(pool.metrics.live).toBe(0);
});

test("notices that its instance was released behind its back", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  const pooled = PooledInstance.acquire(pool);
  pool.release(pooled.get());
  expect(() => pooled.take()).toThrow(GONE);
  expect(() => pooled[Symbol.dispose]()).toThrow(GONE);
  expect(pool.metrics.live).toBe(0);
});

test("holds an instance that is undefined like any other", () => {
  const pool = new InstancePool({}, () => undefined, GuestError);
  const pooled = PooledInstance.acquire(pool);
  expect(pooled.get()).toBeUndefined();
  expect(pooled.take()).toBeUndefined();
  expect(() => pooled.get()).toThrow(GONE);
  expect(pool.metrics.live).toBe(0);
});
