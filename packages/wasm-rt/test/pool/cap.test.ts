import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createGuest, GuestError, thrownBy } from "./guest.ts";

test("lets out 4 instances and names 1 to warm, unless told otherwise", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  expect(pool.config).toEqual({ maxInstances: 4, warmCount: 1 });
  for (let i = 0; i < 4; i++) pool.acquire();
  expect(() => pool.acquire()).toThrow("instance pool at capacity (4 live)");
});

test("refuses at the cap with the loader's own error, and counts the refusal", () => {
  const pool = new InstancePool({ maxInstances: 2 }, createGuest, GuestError);
  pool.acquire();
  pool.acquire();
  const error = thrownBy(() => pool.acquire());
  expect(error).toBeInstanceOf(GuestError);
  expect(error).toMatchObject({
    code: "RESOURCE_LIMIT",
    message: "instance pool at capacity (2 live)",
  });
  expect(pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 1, live: 2 });
});

test("does not run the factory for a refusal", () => {
  let built = 0;
  const pool = new InstancePool({ maxInstances: 1 }, () => ++built, GuestError);
  pool.acquire();
  thrownBy(() => pool.acquire());
  expect(built).toBe(1);
});

test("has room again once an instance is released", () => {
  const pool = new InstancePool({ maxInstances: 1 }, createGuest, GuestError);
  const first = pool.acquire();
  thrownBy(() => pool.acquire());
  pool.release(first);
  pool.acquire();
  expect(pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 1, live: 1 });
});

test("finds the one free slot among many, wherever it is", () => {
  const pool = new InstancePool({ maxInstances: 100 }, createGuest, GuestError);
  const guests = Array.from({ length: 100 }, () => pool.acquire());
  for (const guest of guests) {
    pool.release(guest);
    pool.acquire();
    expect(() => pool.acquire()).toThrow("instance pool at capacity (100 live)");
  }
  expect(pool.metrics).toEqual({ hits: 0, misses: 200, exhausted: 100, live: 100 });
});

test("calls resourceLimit as a method, as a static one needs", () => {
  const errors = {
    prefix: "E: ",
    resourceLimit(message: string): Error {
      return new Error(this.prefix + message);
    },
  };
  const pool = new InstancePool({ maxInstances: 1 }, createGuest, errors);
  pool.acquire();
  expect(() => pool.acquire()).toThrow("E: instance pool at capacity (1 live)");
});

test("gives metrics as a frozen snapshot", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  const before = pool.metrics;
  pool.acquire();
  expect(before).toEqual({ hits: 0, misses: 0, exhausted: 0, live: 0 });
  expect(Object.isFrozen(before)).toBe(true);
});
