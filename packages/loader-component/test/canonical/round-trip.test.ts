import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kebabLabel, type WitType, witTypes } from "../plan/wit-types.ts";
import { codecOf, lifted, lowered, realMemory } from "./real-memory.ts";
import { plain, valuesOf } from "./values.ts";

const newMemory = await realMemory();

const typesAndValues = witTypes(kebabLabel).chain((type) =>
  fc.tuple(fc.constant(type), valuesOf(type)),
);
const encodings = fc.constantFrom("utf8", "utf16", "latin1+utf16");

describe("a value of any type", () => {
  it("is loaded as it was stored, while the memory moves", () => {
    fc.assert(
      fc.property(typesAndValues, encodings, ([type, value], encoding) => {
        const codec = codecOf(type);
        const { memory } = newMemory(encoding);
        codec.store(memory, 64, value);
        expect(plain(codec.load(memory, 64))).toEqual(plain(value));
      }),
      { numRuns: 300 },
    );
  });

  it("is lifted as it was lowered, into the core types that it says", () => {
    fc.assert(
      fc.property(typesAndValues, encodings, ([type, value], encoding) => {
        const codec = codecOf(type);
        fc.pre(codec.flat !== undefined);
        const { memory } = newMemory(encoding);
        const flat = lowered(codec, memory, value);
        expect(flat.map((part) => typeof part)).toEqual(
          codec.flat?.map((of) => (of === "i64" ? "bigint" : "number")),
        );
        expect(plain(lifted(codec, memory, ...asCore(flat, codec.flat)))).toEqual(plain(value));
      }),
      { numRuns: 300 },
    );
  });

  it("takes no bytes but its own", () => {
    fc.assert(
      fc.property(typesAndValues, ([type, value]) => {
        const codec = codecOf(type);
        expect(codec.size % codec.alignment).toBe(0);
        const { memory, bytes } = newMemory();
        memory.peek(0, 4096).fill(0xaa);
        codec.store(memory, 64, value);
        const around = [...bytes().subarray(0, 64), ...bytes().subarray(64 + codec.size, 4096)];
        expect(around.every((byte) => byte === 0xaa)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("has the same value in a record without a prototype, whatever its fields are called", () => {
    const names = ["constructor", "to-string", "value-of", "has-own-property", "then"];
    const record: WitType = { kind: "record", fields: names.map((name) => [name, "u8"]) };
    const { memory } = newMemory();
    const value = Object.fromEntries(names.map((name, i) => [name, i]));
    const loaded = lifted(codecOf(record), memory, ...lowered(codecOf(record), memory, value));
    expect(Object.getPrototypeOf(loaded)).toBeNull();
    expect(plain(loaded)).toEqual(value);
  });
});

/** What a guest passes on: integers of 32 bits are signed, of 64 too, and floats have few bits. */
function asCore(flat: readonly unknown[], types: readonly string[] = []): unknown[] {
  return flat.map((value, i) => {
    if (typeof value === "bigint") return BigInt.asIntN(64, value);
    if (types[i] === "i32") return (value as number) | 0;
    return value;
  });
}
