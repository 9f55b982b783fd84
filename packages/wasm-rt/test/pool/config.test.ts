import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { PoolError } from "../../src/pool/pool-error.ts";
import { createGuest, GuestError, thrownBy } from "./guest.ts";

/** Builds a pool as untyped JavaScript would. */
function build(...args: unknown[]): unknown {
  return Reflect.construct(InstancePool, args);
}

test.each([
  [{ maxInstances: 0 }, "maxInstances must be an integer from 1 to 1048576, not 0"],
  [{ maxInstances: -1 }, "maxInstances must be an integer from 1 to 1048576, not -1"],
  [{ maxInstances: 1.5 }, "maxInstances must be an integer from 1 to 1048576, not 1.5"],
  [{ maxInstances: Number.NaN }, "maxInstances must be an integer from 1 to 1048576, not NaN"],
  [{ maxInstances: 2 ** 21 }, "maxInstances must be an integer from 1 to 1048576, not 2097152"],
  [{ maxInstances: "4" }, "maxInstances must be an integer from 1 to 1048576, not '4'"],
  [{ maxInstances: 4n }, "maxInstances must be an integer from 1 to 1048576, not 4n"],
  [{ maxInstances: null }, "maxInstances must be an integer from 1 to 1048576, not null"],
  [{ warmCount: -1 }, "warmCount must be an integer from 0 to 9007199254740991, not -1"],
  [{ warmCount: 0.5 }, "warmCount must be an integer from 0 to 9007199254740991, not 0.5"],
  [
    { maxInstance: 4 },
    "pool config has an unknown key 'maxInstance'; known: maxInstances, warmCount",
  ],
  [[4], "pool config must be an object, not [Array]"],
  [null, "pool config must be an object, not null"],
  [undefined, "pool config must be an object, not undefined"],
])("refuses the config %o", (config, message) => {
  const error = thrownBy(() => build(config, createGuest, GuestError));
  expect(error).toBeInstanceOf(PoolError);
  expect(error).toMatchObject({ code: "POOL_CONFIG", message });
});

test.each([
  [{ counter: 1 }, "pool options has an unknown key 'counter'; known: counters"],
  [null, "pool options must be an object, not null"],
])("refuses the options %o", (options, message) => {
  const error = thrownBy(() => build({}, createGuest, GuestError, options));
  expect(error).toMatchObject({ name: "PoolError", code: "POOL_CONFIG", message });
});

test("refuses what is no factory and no error class", () => {
  expect(thrownBy(() => build({}, 7, GuestError))).toMatchObject({
    code: "POOL_CONFIG",
    message: "factory must be a function, not 7",
  });
  for (const errors of [Error, null, undefined]) {
    expect(thrownBy(() => build({}, createGuest, errors))).toMatchObject({
      code: "POOL_CONFIG",
      message: "errors.resourceLimit must be a function, not undefined",
    });
  }
});

test("takes warmCount 0, the largest cap, and undefined for a default", () => {
  const pool = new InstancePool({ maxInstances: 2 ** 20, warmCount: 0 }, createGuest, GuestError);
  expect(pool.config).toEqual({ maxInstances: 2 ** 20, warmCount: 0 });
  const defaults = build(
    { maxInstances: undefined, warmCount: undefined },
    createGuest,
    GuestError,
  );
  expect(defaults).toMatchObject({ config: { maxInstances: 4, warmCount: 1 } });
});

test("keeps a frozen copy of its config", () => {
  const config = { maxInstances: 1 };
  const pool = new InstancePool(config, createGuest, GuestError);
  config.maxInstances = 9;
  expect(Object.isFrozen(pool.config)).toBe(true);
  expect(pool.config.maxInstances).toBe(1);
  pool.acquire();
  expect(() => pool.acquire()).toThrow("instance pool at capacity (1 live)");
});
