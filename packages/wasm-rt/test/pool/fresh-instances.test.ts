import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { PoolError } from "../../src/pool/pool-error.ts";
import { createGuest, Guest, GuestError, thrownBy } from "./guest.ts";

// (module (global (export "g") (mut i32) (i32.const 0)) (memory (export "m") 1))
const BYTES = Uint8Array.from(
  "0061736d0100000005030100010606017f0141000b07090201670300016d0200".match(/../g) ?? [],
  (hex) => Number.parseInt(hex, 16),
);

/** What a guest of BYTES exports. */
interface GuestExports {
  readonly g: WebAssembly.Global<"i32">;
  readonly m: WebAssembly.Memory;
}

test("hands out a distinct, fresh instance for every acquire, and counts each as a miss", () => {
  const pool = new InstancePool({}, createGuest, GuestError);
  const first = pool.acquire();
  const second = pool.acquire();
  expect(second).not.toBe(first);
  expect(pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 0, live: 2 });
});

test("builds a new instance after a release instead of handing the old one out again", () => {
  const pool = new InstancePool({ maxInstances: 1 }, createGuest, GuestError);
  const first = pool.acquire();
  pool.release(first);
  const second = pool.acquire();
  expect(second).not.toBe(first);
  expect(pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 0, live: 1 });
});

test("shows nothing of one WebAssembly guest to the next", () => {
  const module = new WebAssembly.Module(BYTES);
  const pool = new InstancePool({}, () => new WebAssembly.Instance(module), GuestError);
  const exportsOf = (guest: WebAssembly.Instance) => guest.exports as unknown as GuestExports; // BYTES says so
  const used = pool.acquire();
  exportsOf(used).g.value = 7;
  new Uint8Array(exportsOf(used).m.buffer)[0] = 7;
  pool.release(used);
  const next = exportsOf(pool.acquire());
  expect(next.g.value).toBe(0);
  expect(new Uint8Array(next.m.buffer)[0]).toBe(0);
});

test("warms nothing, whatever warmCount says", () => {
  let built = 0;
  const factory = () => ++built;
  const pool = new InstancePool({ warmCount: 3 }, factory, GuestError);
  expect(built).toBe(0);
  expect(pool.metrics).toEqual({ hits: 0, misses: 0, exhausted: 0, live: 0 });
  pool.release(pool.acquire());
  expect(built).toBe(1);
});

test("refuses an object that is out already, and gives its slot back", () => {
  const only = new Guest();
  const pool = new InstancePool({}, () => only, GuestError);
  pool.acquire();
  const error = thrownBy(() => pool.acquire());
  expect(error).toBeInstanceOf(PoolError);
  expect(error).toMatchObject({
    code: "POOL_NOT_FRESH",
    message:
      "the pool's factory returned [Guest], which it had returned before; build a new instance in every call",
  });
  expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 1 });
  pool.release(only);
  expect(pool.metrics.live).toBe(0);
});

test.each(["release", "detach"] as const)("refuses an object that was out before its %s", (end) => {
  const only = new Guest();
  const pool = new InstancePool({}, () => only, GuestError);
  pool[end](pool.acquire());
  expect(() => pool.acquire()).toThrow(expect.objectContaining({ code: "POOL_NOT_FRESH" }));
  expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 0 });
});

test("treats functions as objects", () => {
  const only = () => 0;
  const pool = new InstancePool({}, () => only, GuestError);
  pool.release(pool.acquire());
  expect(() => pool.acquire()).toThrow(expect.objectContaining({ code: "POOL_NOT_FRESH" }));
});

test.each([7, "seven", undefined, null, Number.NaN, Symbol("7")])(
  "refuses the primitive %s while it is out, and not after",
  (value) => {
    const pool = new InstancePool<unknown, GuestError>({}, () => value, GuestError);
    pool.acquire();
    expect(() => pool.acquire()).toThrow(expect.objectContaining({ code: "POOL_NOT_FRESH" }));
    expect(pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 1 });
    pool.release(value);
    expect(pool.acquire()).toBe(value);
    expect(pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 0, live: 1 });
  },
);
