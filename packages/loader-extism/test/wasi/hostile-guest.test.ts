import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Guest, GuestExit, guestWithPages } from "./guest.ts";
import { PREVIEW_1, parametersOf } from "./preview-1.ts";

const NAMES = Object.keys(PREVIEW_1);
const LAST_ERRNO = 76;
const PAGE = 65_536;

// Descriptors and sizes, addresses about the end of the memory, and about where numbers end.
const i32 = fc
  .oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: PAGE }) },
    { weight: 2, arbitrary: fc.integer({ min: PAGE - 70, max: PAGE + 8 }) },
    { weight: 1, arbitrary: fc.integer({ min: 2 ** 31 - 4, max: 2 ** 31 + 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: 2 ** 32 - 70, max: 2 ** 32 - 1 }) },
  )
  .map((value) => value | 0);
const i64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
// Most are denied at once, so that those which follow the most addresses come more often.
const anyName = fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom("fd_write", "fd_read"));
const call = anyName.chain((name) =>
  fc.record({
    name: fc.constant(name),
    passed: fc.tuple(...parametersOf(name).map((type) => (type === "i64" ? i64 : i32))),
  }),
);
// What an engine passes where a module imports a function with types of its own.
const anyValue = fc.oneof(
  i32,
  i64,
  fc.double(),
  fc.constantFrom<unknown>(undefined, null, "1", Symbol("s"), {}, [], () => 1, NaN, -0),
  fc.constantFrom({ valueOf: () => 1 }, { [Symbol.toPrimitive]: () => ({}) }),
);
const anyCall = fc.record({
  name: fc.constantFrom(...NAMES),
  passed: fc.array(anyValue, { maxLength: 10 }),
});

/** Fills the memory with vectors, most of which lead into it. */
function storeManyVectors(guest: Guest, words: readonly number[]): void {
  const all = new Uint32Array(guest.bytes().buffer);
  for (let at = 0; at < all.length; at++) all[at] = words[at % words.length] ?? 0;
}

/** The ranges into which a function stores what it answers, by its witx. */
function storesInto(name: string, passed: readonly unknown[]): [at: number, bytes: number][] {
  const [a = 0, b = 0, c = 0, d = 0] = passed.map((value) =>
    typeof value === "number" ? value >>> 0 : 0,
  );
  const ranges: Record<string, [number, number][]> = {
    args_sizes_get: [
      [a, 4],
      [b, 4],
    ],
    environ_sizes_get: [
      [a, 4],
      [b, 4],
    ],
    clock_res_get: [[b, 8]],
    clock_time_get: [[c, 8]],
    fd_fdstat_get: [[b, 24]],
    fd_filestat_get: [[b, 64]],
    fd_read: [[d, 4]],
    fd_write: [[d, 4]],
    random_get: [[a, b]],
  };
  return ranges[name] ?? [];
}

/** Makes the call; what it answers and throws, and what it stores, has to be what is allowed. */
function checkCall(guest: Guest, name: string, passed: readonly unknown[]): void {
  const before = guest.bytes().slice();
  let answer: unknown;
  try {
    answer = guest.call(name, ...passed);
    const errno = Number.isInteger(answer) && Number(answer) >= 0 && Number(answer) <= LAST_ERRNO;
    expect([name, answer, errno]).toEqual([name, answer, true]);
  } catch (error) {
    if (!(error instanceof GuestExit)) throw error;
    expect(name).toBe("proc_exit");
  }
  const after = guest.bytes();
  if (answer === 0) {
    for (const [at, bytes] of storesInto(name, passed)) {
      before.set(after.subarray(at, at + bytes), at);
    }
  }
  expect([name, Buffer.compare(before, after)]).toEqual([name, 0]);
}

describe("a hostile guest", () => {
  it("is answered with an errno, and stores only where an answer belongs", () => {
    const inside = fc.integer({ min: 0, max: PAGE / 2 });
    const word = fc.oneof({ weight: 9, arbitrary: inside }, { weight: 1, arbitrary: i32 });
    const words = fc.array(word, { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(words, fc.array(call, { minLength: 20, maxLength: 30 }), (memory, calls) => {
        const guest = guestWithPages();
        storeManyVectors(guest, memory);
        for (const { name, passed } of calls) checkCall(guest, name, passed);
        expect(guest.written.every(([, text]) => text.length > 0 && text.length <= PAGE)).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });

  it("is answered with an errno, whatever kinds of values it passes", () => {
    fc.assert(
      fc.property(fc.array(anyCall, { minLength: 20, maxLength: 30 }), (calls) => {
        const guest = guestWithPages();
        for (const { name, passed } of calls) checkCall(guest, name, passed);
      }),
      { numRuns: 300 },
    );
  });
});
