import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ComponentLoader } from "../../src/index.ts";
import { DiskCache } from "../../src/translate/disk-cache.ts";
import { withCustomSection } from "../hostile/wat.ts";
import { emptyArtifact } from "./empty-artifact.ts";
import { observe } from "./observe.ts";
import { entryOf, expectToRun, plant, STATEFUL } from "./stateful.ts";
import { temporaryFolder, unmadeFolder } from "./temporary-folder.ts";

const GOOD = entryOf(STATEFUL);
const ADVICE = /another folder.* cache .*UNI_COMPONENT_CACHE.*"off"/;

/** Uses a folder again and again, and gives the one warning that came of it. */
async function warningOf(folder: string): Promise<string> {
  const { warnings } = observe();
  const cache = new DiskCache(folder);
  for (let i = 0; i < 3; i++) {
    expect(await cache.read("a key")).toBeUndefined();
    await cache.write(emptyArtifact("a key"));
  }
  expect(warnings).toEqual([
    { message: expect.any(String), detail: expect.stringMatching(ADVICE) },
  ]);
  return warnings[0]?.message ?? "";
}

it("a folder that cannot be used fails no load", async () => {
  const { threads, warnings } = observe();
  const folder = unmadeFolder();
  writeFileSync(folder, "a file");
  const loader = new ComponentLoader({ isolation: "inline", cache: folder });
  await expectToRun(loader);
  await expectToRun(loader);
  expect(threads).toHaveLength(1);
  expect(warnings).toHaveLength(1);
});

describe("a folder that cannot be used is named once, where it", () => {
  it("is a file", async () => {
    const folder = unmadeFolder();
    writeFileSync(folder, "a file");
    expect(await warningOf(folder)).toMatch(`component cache ${folder}: it is not used: `);
  });

  it("would be below a file", async () => {
    const file = unmadeFolder();
    writeFileSync(file, "a file");
    const folder = join(file, "deeper", "folder");
    expect(await warningOf(folder)).toContain(`component cache ${folder}: it is not used: ENOTDIR`);
  });

  it("has a name that no file system takes", async () => {
    const folder = join(temporaryFolder(), "x".repeat(300));
    expect(await warningOf(folder)).toContain("it is not used: ENAMETOOLONG");
  });

  it("has a NUL in its name", async () => {
    expect(await warningOf(`${temporaryFolder()}/a\0b`)).toContain("it is not used");
  });

  it("is a link, even to a folder", async () => {
    const target = temporaryFolder();
    const folder = unmadeFolder();
    symlinkSync(target, folder);
    expect(await warningOf(folder)).toContain("it is not used: it is no folder");
    expect(readdirSync(target)).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)("belongs to another user", async () => {
    const folder = unmadeFolder();
    const path = plant(folder, Uint8Array.of(1, 2, 3));
    chownSync(folder, 12_345, 12_345);
    const message = await warningOf(folder);
    expect(message).toContain("it is not used: it belongs to the user 12345");
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([path]);
  });
});

it("a folder that is removed under way is named, and the load succeeds", async () => {
  const { warnings } = observe();
  const folder = unmadeFolder();
  plant(folder, GOOD);
  const loader = new ComponentLoader({ isolation: "inline", cache: folder });
  await expectToRun(loader);
  rmSync(folder, { recursive: true });
  await expectToRun(loader, withCustomSection(STATEFUL, "note", "x"));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toContain(`component cache ${folder}: an entry was not written: `);
  expect(existsSync(folder)).toBe(false);
});

it("a folder is not touched before something is loaded", () => {
  const { warnings } = observe();
  const folder = unmadeFolder();
  mkdirSync(folder, { mode: 0o755 });
  new ComponentLoader({ isolation: "inline", cache: join(folder, "never") });
  expect(readdirSync(folder)).toEqual([]);
  expect(warnings).toEqual([]);
});
