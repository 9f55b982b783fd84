import type { Random } from "./random.ts";

/**
 * What a generated value is like.
 *
 * - `ordinary`: what most functions answer: fractions, small counts, short texts, none of it negative;
 * - `signed`: numbers of both signs and any size that people use, dates before 1970, longer texts;
 * - `extreme`: the ends of the type, NaN, infinities, -0, nothing, very long texts.
 */
export type ValueRange = "ordinary" | "signed" | "extreme";

/** How values of one kind are made, by their range. */
export type Maker<T> = Readonly<Record<ValueRange, (random: Random) => T>>;

const ENDS: readonly [number, ...number[]] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  0,
  1,
  -1,
];
const MS_PER_DAY = 86_400_000n;
/** ECMAScript, "Time Values and Time Range": the last day of a Date. */
const LAST_DAY = 100_000_000n;
const LAST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export const INT32: Maker<number> = {
  ordinary: (random) => random.below(10),
  signed: (random) => random.below(2_000_001) - 1_000_000,
  extreme: (random) => random.pick([-(2 ** 31), 2 ** 31 - 1, 0, -1, 1]),
};

export const INT64: Maker<bigint> = {
  ordinary: (random) => BigInt(random.below(10)),
  signed: (random) => BigInt(random.below(2 ** 32)) * 1_000_003n - 2n ** 51n,
  extreme: (random) =>
    random.pick([-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n, 1n, LAST_SAFE + 1n, -LAST_SAFE - 1n]),
};

export const FLOAT32: Maker<number> = {
  ordinary: (random) => random.fraction(),
  signed: (random) => (random.fraction() - 0.5) * 10 ** random.below(7),
  extreme: (random) =>
    random.pick([...ENDS, 3.4028234663852886e38, -3.4028234663852886e38, 2 ** -149]),
};

export const FLOAT64: Maker<number> = {
  ordinary: (random) => random.fraction(),
  signed: (random) => (random.fraction() - 0.5) * 10 ** random.below(10),
  extreme: (random) =>
    random.pick([...ENDS, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022]),
};

/** Milliseconds of whole days, as Arrow has it of a Date. */
export const DATE64: Maker<bigint> = {
  ordinary: (random) => BigInt(random.below(20_000)) * MS_PER_DAY,
  signed: (random) => (BigInt(random.below(100_000)) - 50_000n) * MS_PER_DAY,
  extreme: (random) => random.pick([LAST_DAY, -LAST_DAY, 0n, -1n]) * MS_PER_DAY,
};

/** No further than a safe integer: apache-arrow gives timestamps as numbers. */
export const TIMESTAMP_MS: Maker<bigint> = {
  ordinary: (random) => BigInt(random.below(2 ** 32)) * 400n,
  signed: (random) => (BigInt(random.below(2 ** 32)) - 2n ** 31n) * 2_000n,
  extreme: (random) => random.pick([LAST_SAFE, -LAST_SAFE, 0n, -1n, 1n]),
};

export const BOOLEAN: Maker<boolean> = {
  ordinary: (random) => random.below(2) === 1,
  signed: (random) => random.below(2) === 1,
  extreme: (random) => random.below(2) === 1,
};

const LETTERS: readonly [string, ...string[]] = [..."abcdefghijklmnopqrstuvwxyz0123456789 "] as [
  string,
  ...string[],
];
/** Of one to four bytes in UTF-8, and some that join with their neighbours. */
const CHARACTERS: readonly [string, ...string[]] = [
  "a",
  "Z",
  "7",
  " ",
  "ß",
  "é",
  "e\u0301",
  "Ω",
  "日",
  "本",
  "👩‍🚀",
  "𝄞",
];
const LONG_TEXT = "añ日𝄞".repeat(2_500);

export const UTF8: Maker<string> = {
  ordinary: (random) => textOf(random, LETTERS, 1 + random.below(8)),
  signed: (random) => textOf(random, CHARACTERS, random.below(40)),
  extreme: (random) =>
    random.pick(["", "\u{10ffff}", "\0", "\ufeff", "\u202eabc", "𝄞".repeat(64), "\r\n", LONG_TEXT]),
};

export const BYTES: Maker<Uint8Array> = {
  ordinary: (random) => bytesOf(random, 1 + random.below(8)),
  signed: (random) => bytesOf(random, random.below(40)),
  extreme: (random) =>
    random.pick([new Uint8Array(), Uint8Array.of(0), new Uint8Array(25_000).fill(0xff)]),
};

function textOf(
  random: Random,
  characters: readonly [string, ...string[]],
  length: number,
): string {
  return Array.from({ length }, () => random.pick(characters)).join("");
}

function bytesOf(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256));
}
