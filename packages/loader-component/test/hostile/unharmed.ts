import { expect } from "vitest";

const PROTOTYPES = [Object, Function, Array, String, Promise, Map, Uint8Array].map(
  ({ prototype }): object => prototype,
);

function shape(): unknown {
  return [PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype)), Reflect.ownKeys(globalThis)];
}

/** Runs `body`, after which this realm is as it was: no payload ran, and nothing was added. */
export async function unharmed<T>(body: () => Promise<T>): Promise<T> {
  const before = shape();
  const result = await body();
  expect(globalThis).not.toHaveProperty("PWNED");
  expect(shape()).toEqual(before);
  return result;
}
