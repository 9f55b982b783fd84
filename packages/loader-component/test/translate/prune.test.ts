import {
  existsSync,
  mkdirSync,
  readdirSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DiskCache } from "../../src/translate/disk-cache.ts";
import { emptyArtifact } from "./empty-artifact.ts";
import { observe } from "./observe.ts";
import { unmadeFolder } from "./temporary-folder.ts";

const ARTIFACT = emptyArtifact("a key");
const GIB = 2 ** 30;
const MINUTE_MS = 60_000;

interface Planted {
  readonly name: string;
  readonly agoMs: number;
  readonly size?: number;
}

/** A folder of such files, and then one more entry in it; gives the names of those that are left. */
async function leftOf(planted: readonly Planted[]): Promise<readonly string[]> {
  const { warnings } = observe();
  const folder = unmadeFolder();
  mkdirSync(folder, { mode: 0o700 });
  for (const { name, agoMs, size = 100 } of planted) {
    const path = join(folder, name);
    const time = new Date(Date.now() - agoMs);
    writeFileSync(path, "");
    // A file without content takes no room on disk.
    truncateSync(path, size);
    utimesSync(path, time, time);
  }
  await new DiskCache(folder).write(ARTIFACT);
  const known = new Set(planted.map(({ name }) => name));
  expect(readdirSync(folder).filter((name) => !known.has(name))).toHaveLength(1);
  expect(warnings).toEqual([]);
  return planted.map(({ name }) => name).filter((name) => existsSync(join(folder, name)));
}

const entry = (letter: string) => `${letter.repeat(64)}.unicmp`;
const unfinished = (letter: string) => `${entry(letter)}.0e3a4a0e-8c1b-4b2f-9a53-111111111111`;

it("keeps entries of any age while they are small together", async () => {
  const planted = ["a", "b", "c"].map((letter, i) => ({ name: entry(letter), agoMs: i * 1e10 }));
  expect(await leftOf(planted)).toEqual(planted.map(({ name }) => name));
});

it("removes those that were not used for longest where all are more than 1 GiB", async () => {
  const left = await leftOf([
    { name: entry("a"), agoMs: 4 * MINUTE_MS, size: GIB / 2 },
    { name: entry("b"), agoMs: 1 * MINUTE_MS },
    { name: entry("c"), agoMs: 3 * MINUTE_MS, size: GIB / 2 },
    { name: entry("d"), agoMs: 2 * MINUTE_MS, size: GIB / 4 },
  ]);
  expect(left).toEqual([entry("b"), entry("c"), entry("d")]);
});

it("removes an entry that is larger than 1 GiB alone", async () => {
  const left = await leftOf([
    { name: entry("a"), agoMs: 2 * MINUTE_MS, size: 3 * GIB },
    { name: entry("b"), agoMs: MINUTE_MS },
  ]);
  expect(left).toEqual([entry("b")]);
});

it("removes files that nobody finished for an hour, and leaves those of others at work", async () => {
  const left = await leftOf([
    { name: unfinished("a"), agoMs: 61 * MINUTE_MS },
    { name: unfinished("b"), agoMs: 59 * MINUTE_MS, size: 2 * GIB },
    { name: unfinished("c"), agoMs: 0 },
    { name: entry("d"), agoMs: MINUTE_MS },
  ]);
  expect(left).toEqual([unfinished("b"), unfinished("c"), entry("d")]);
});

it("leaves what is not the cache's, however old, in a folder that has other files", async () => {
  const planted = ["notes.txt", "backup.tar", ".profile"].map((name) => ({ name, agoMs: 1e10 }));
  expect(await leftOf(planted)).toEqual(planted.map(({ name }) => name));
});

it("takes a folder among its files for what it is: not the cache's", async () => {
  const { warnings } = observe();
  const folder = unmadeFolder();
  const other = join(folder, "other");
  mkdirSync(other, { recursive: true, mode: 0o700 });
  utimesSync(other, new Date(0), new Date(0));
  await new DiskCache(folder).write(ARTIFACT);
  expect(existsSync(other)).toBe(true);
  expect(warnings).toEqual([]);
});
