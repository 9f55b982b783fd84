// The Canonical ABI end to end, in real guests, against jco as another implementation of it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call, instantiateNaively } from "../hostile/naive-jco.ts";
import { type WitType, witTypes } from "../plan/wit-types.ts";
import { DUMP, ECHO, type Encoding, echoGuest, HOST_INTERFACE, RESULT } from "./echo-guest.ts";
import { handLinked } from "./hand-linked.ts";
import { plain, toJco, valuesOf } from "./values.ts";

const MAX_FLAT = 16;

/** A type, and values of it. */
interface Sample {
  readonly type: WitType;
  readonly values: readonly unknown[];
}

// One word of lower-case letters is the same name in JavaScript as in WIT.
const word = fc.stringMatching(/^[a-z]{1,4}$/);

function samples(types: fc.Arbitrary<WitType>): fc.Arbitrary<Sample> {
  return types.chain((type) =>
    fc.record({
      type: fc.constant(type),
      values: fc.array(valuesOf(type), { minLength: 1, maxLength: 5 }),
    }),
  );
}

/** What a call of one host came to: what its function saw, what came back, and the guest's memory. */
interface Crossing {
  readonly seen: unknown;
  readonly answer: unknown;
  /** The core values that the guest was called with, in 64 bits each. */
  readonly flat: readonly bigint[];
  /** Its memory, from the result on. */
  readonly memory: Buffer;
}

async function crossings(drawn: readonly Sample[], encoding: Encoding) {
  const bytes = await echoGuest(
    drawn.map(({ type }) => type),
    encoding,
  );
  let seen: unknown;
  const keep = (value: unknown) => {
    seen = value;
    return value;
  };
  const names = drawn.map((_, i) => `${ECHO}${i}`);
  const of = (host: (name: string, ...args: unknown[]) => unknown) => {
    return drawn.flatMap(({ type, values }, i) =>
      values.map((value): Crossing => {
        const answer = host(`${ECHO}${i}`, value, type);
        const bytes = Buffer.from(host(DUMP) as Uint8Array);
        const flat = Array.from({ length: MAX_FLAT }, (_, at) => bytes.readBigUInt64LE(at * 8));
        return { seen: plain(seen), answer: plain(answer), flat, memory: bytes.subarray(RESULT) };
      }),
    );
  };
  const functions = names.map((name) => [name, keep] as const);
  const own = handLinked(
    bytes,
    Object.fromEntries(functions.map(([name, f]) => [`${HOST_INTERFACE}#${name}`, f])),
  );
  const theirs = await instantiateNaively(bytes, {
    [HOST_INTERFACE]: Object.fromEntries(functions),
  });
  return {
    own: of((name, value) => (name === DUMP ? own.call(name) : own.call(name, value))),
    theirs: of((name, value, type) =>
      name === DUMP ? call(theirs, name) : call(theirs, name, toJco(type as WitType, value)),
    ),
  };
}

async function agree(drawn: readonly Sample[], encoding: Encoding): Promise<void> {
  // jco gives a result that is the whole answer of a function in another form than any other.
  const wrapped = drawn.map(({ type, values }): Sample => {
    if (typeof type === "string" || type.kind !== "result") return { type, values };
    return {
      type: { kind: "tuple", items: [type] },
      values: values.map((value) => [value]),
    };
  });
  const { own, theirs } = await crossings(wrapped, encoding);
  const given = wrapped.flatMap(({ values }) => values.map(plain));
  const inJco = wrapped.flatMap(({ type, values }) =>
    values.map((value) => plain(toJco(type, value))),
  );
  expect(own.map(({ answer }) => answer)).toEqual(given);
  expect(own.map(({ seen }) => seen)).toEqual(given);
  expect(theirs.map(({ answer }) => answer)).toEqual(inJco);
  expect(theirs.map(({ seen }) => seen)).toEqual(inJco);
  for (const [i, { flat, memory }] of own.entries()) {
    // jco makes no room for nothing, and has another address for it.
    if (hasEmpty(given[i])) continue;
    const other = theirs[i] as Crossing;
    expect(flat.map((value, at) => comparable(value, other.flat[at]))).toEqual(other.flat);
    expect(memory.findIndex((byte, at) => byte !== other.memory[at])).toBe(-1);
    expect(memory.length).toBe(other.memory.length);
  }
}

function hasEmpty(value: unknown): boolean {
  if (typeof value === "string" || Array.isArray(value)) {
    if (value.length === 0) return true;
  }
  return typeof value === "object" && value !== null && Object.values(value).some(hasEmpty);
}

/**
 * A core value as jco has it: where a type of 32 bits shares a slot with one of 64, jco repeats its sign
 * in the upper half, and CanonicalABI.md (`lower_flat_variant`) has zeros there. Nobody reads them.
 */
function comparable(own: bigint, theirs: bigint | undefined): bigint {
  const repeated = own >> 31n === 1n ? BigInt.asUintN(64, BigInt.asIntN(32, own)) : own;
  return repeated === theirs ? repeated : own;
}

describe.each(["utf8", "utf16"] as const)("a guest in %s", (encoding) => {
  it("has the same core values, bytes and answers here and in jco", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(samples(witTypes(word)), { minLength: 4, maxLength: 8 }),
        async (drawn) => agree(drawn, encoding),
      ),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it("has the same joined core values here and in jco", async () => {
    const cases = [
      ["a", "u32"],
      ["b", "f32"],
      ["c", "u64"],
      ["d", "f64"],
      ["e", "string"],
    ] as const;
    const floats = [-0, 1.5, Number.NaN, Number.NEGATIVE_INFINITY];
    const joined = {
      type: { kind: "variant", cases } as const,
      values: [
        ...[0, 0xffff_ffff].map((value) => ({ tag: "a", value })),
        ...floats.map((value) => ({ tag: "b", value })),
        ...[0n, 2n ** 64n - 1n].map((value) => ({ tag: "c", value })),
        ...floats.map((value) => ({ tag: "d", value })),
        { tag: "e", value: "a\u{1f600}" },
      ],
    };
    const words = {
      type: {
        kind: "variant",
        cases: [
          ["i", "s32"],
          ["f", "f32"],
        ],
      } as const,
      values: [{ tag: "i", value: -1 }, ...floats.map((value) => ({ tag: "f", value }))],
    };
    await agree([joined, words], encoding);
  });

  it.each([15, 16, 17, 40])("has the same %i core values here and in jco", async (count) => {
    const items = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? "u8" : "u64"));
    const type: WitType = { kind: "tuple", items };
    const values = [items.map((item, i) => (item === "u8" ? i : BigInt(i)))];
    await agree([{ type, values }], encoding);
  });
});
