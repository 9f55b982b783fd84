import { execFileSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { readComponent } from "@uni/fixtures";
import { describe, expect, it, onTestFinished } from "vitest";
import { DiskCache } from "../../src/translate/disk-cache.ts";
import { forged, partsOf, rehashed } from "../precompiled/forge.ts";
import { type CacheWarning, observe } from "./observe.ts";
import { entryOf, expectToRunWith, plant, STATEFUL } from "./stateful.ts";
import { temporaryFolder, unmadeFolder } from "./temporary-folder.ts";

const MKFIFO = "/usr/bin/mkfifo";
const GOOD = entryOf(STATEFUL);
const OTHER = entryOf(readComponent("text"));
const PARTS = partsOf(GOOD);
const OTHER_PARTS = partsOf(OTHER);

function flipped(at: number): Uint8Array {
  return GOOD.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

/** The plan and the modules of another component, under a key as of these. */
function keyed(key: string): Uint8Array {
  return forged({ ...OTHER_PARTS, header: { ...OTHER_PARTS.header, key } });
}

const key = PARTS.header.key as string;

const FILES: readonly (readonly [title: string, bytes: Uint8Array])[] = [
  ["is empty", new Uint8Array()],
  ["is garbage", new TextEncoder().encode("no artifact\n".repeat(99))],
  ["is cut off", GOOD.subarray(0, -1)],
  ["is cut off in its first bytes", GOOD.subarray(0, 9)],
  ["has a flipped bit", flipped(GOOD.length >> 1)],
  ["is the component itself", STATEFUL],
  ["is the entry of another component", OTHER],
  ["was made for another plan version", keyed(key.replace(/plan \d+/, "plan 0"))],
  ["was made by another validator", keyed(key.replace(/\d+\.\d+\.\d+/, "0.0.1"))],
  ["is of another component by its key", keyed(key.replace(/[0-9a-f]{64}/, "0".repeat(64)))],
  ["has a header that is no plan", forged({ ...PARTS, header: { ...PARTS.header, plan: {} } })],
  ["has bytes behind its modules", rehashed(Buffer.concat([GOOD, Uint8Array.of(0)]))],
];

/** Sees that the host was told of an entry that was removed, and what to do. */
function expectOneWarning(folder: string, warnings: readonly CacheWarning[]): void {
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toContain(`component cache ${folder}: an entry cannot be used: `);
  expect(warnings[0]?.detail).toMatch(/another folder.* cache .*UNI_COMPONENT_CACHE.*"off"/);
}

/** Loads where there is a bad entry, and sees that it was told, removed, and made anew. */
async function expectToRecover(folder: string, path: string): Promise<void> {
  const { threads, warnings } = observe();
  await expectToRunWith(folder);
  expect(threads).toHaveLength(1);
  expectOneWarning(folder, warnings);
  expect(lstatSync(path).isFile()).toBe(true);
  expect(Buffer.compare(readFileSync(path), GOOD)).toBe(0);
  await expectToRunWith(folder);
  expect(threads).toHaveLength(1);
  expect(warnings).toHaveLength(1);
}

describe("an entry is removed, and nothing is read of it, that", () => {
  it.each(FILES)("%s", async (_title, bytes) => {
    const { warnings } = observe();
    const folder = unmadeFolder();
    const path = plant(folder, bytes);
    expect(await new DiskCache(folder).read(key)).toBeUndefined();
    expect(existsSync(path)).toBe(false);
    expectOneWarning(folder, warnings);
  });

  it("but one that is in order is read", async () => {
    const { warnings } = observe();
    const folder = unmadeFolder();
    plant(folder, GOOD);
    expect(await new DiskCache(folder).read(key)).toMatchObject({ key });
    expect(warnings).toEqual([]);
  });
});

describe("an entry is never used, and made anew, that", () => {
  it.each([
    ["was damaged", flipped(GOOD.length >> 1)],
    ["is whole, and of another component", OTHER],
  ])("%s", async (_title, bytes) => {
    const folder = unmadeFolder();
    await expectToRecover(folder, plant(folder, bytes));
  });

  it("is a link to a good one, which stays as it is", async () => {
    const elsewhere = join(temporaryFolder(), "entry");
    writeFileSync(elsewhere, GOOD);
    const folder = unmadeFolder();
    const path = plant(folder, GOOD);
    rmSync(path);
    symlinkSync(elsewhere, path);
    await expectToRecover(folder, path);
    expect(Buffer.compare(readFileSync(elsewhere), GOOD)).toBe(0);
  });

  it.runIf(process.getuid?.() === 0)("belongs to another user", async () => {
    const folder = unmadeFolder();
    const path = plant(folder, GOOD);
    chownSync(path, 12_345, 12_345);
    await expectToRecover(folder, path);
  });

  it("is a folder", async () => {
    const folder = unmadeFolder();
    const path = plant(folder, GOOD);
    rmSync(path);
    mkdirSync(path);
    writeFileSync(join(path, "file"), "x");
    const { threads, warnings } = observe();
    await expectToRunWith(folder);
    expect(threads).toHaveLength(1);
    expect(warnings[0]?.message).toContain(folder);
  });

  it.runIf(existsSync(MKFIFO))("is a pipe, which nobody writes to", async () => {
    const folder = unmadeFolder();
    const path = plant(folder, GOOD);
    rmSync(path);
    execFileSync(MKFIFO, [path]);
    let waited = false;
    const patience = setTimeout(() => {
      waited = true;
      // Whoever opens it from this side lets the other side go on.
      closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
    }, 1_500);
    onTestFinished(() => clearTimeout(patience));
    await expectToRecover(folder, path);
    expect(waited).toBe(false);
  });
});
