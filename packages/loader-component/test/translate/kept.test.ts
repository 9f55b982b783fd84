import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ComponentLoader } from "../../src/index.ts";
import { validatorVersion } from "../../src/translate/validator.ts";
import { withCustomSection } from "../hostile/wat.ts";
import { observe } from "./observe.ts";
import { entryOf, entryPath, expectToRun, expectToRunWith, plant, STATEFUL } from "./stateful.ts";
import { temporaryFolder, unmadeFolder } from "./temporary-folder.ts";

const PRECOMPILED = entryOf(STATEFUL);

const mode = (path: string) => statSync(path).mode & 0o777;

/** Lets files be made for everybody, unless someone sees to it that they are not. */
function withoutUmask(): void {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
}

it("the validator's version is that of the installed package", () => {
  const folder = new URL("../../node_modules/@bytecodealliance/jco-transpile/", import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(validatorVersion()).toBe(version);
});

describe("what was worked out about a component", () => {
  it("is in a folder and a file for the user alone, whatever the umask", async () => {
    const { warnings } = observe();
    withoutUmask();
    const parent = unmadeFolder();
    const folder = join(parent, "components");
    await expectToRunWith(folder);
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([entryPath(folder)]);
    expect([mode(parent), mode(folder)]).toEqual([0o700, 0o700]);
    expect(mode(entryPath(folder))).toBe(0o600);
    expect(warnings).toEqual([]);
  });

  it("is what precompile makes, and used by the next loader, which starts no thread", async () => {
    const { threads, warnings } = observe();
    const folder = unmadeFolder();
    await expectToRunWith(folder);
    expect(threads).toHaveLength(1);
    expect(Buffer.compare(readFileSync(entryPath(folder)), PRECOMPILED)).toBe(0);
    expect(Buffer.compare(await ComponentLoader.precompile(STATEFUL), PRECOMPILED)).toBe(0);
    expect(threads).toHaveLength(2);
    await expectToRunWith(folder);
    await expectToRunWith(folder);
    expect(threads).toHaveLength(2);
    expect(warnings).toEqual([]);
  });

  it("counts as used whenever it is read, and is not written again", async () => {
    const folder = unmadeFolder();
    const path = plant(folder, PRECOMPILED);
    utimesSync(path, new Date(0), new Date(0));
    const { ino } = statSync(path);
    const before = Date.now();
    await expectToRunWith(folder);
    // File systems round times.
    expect(statSync(path).mtimeMs).toBeGreaterThan(before - 2_000);
    expect(statSync(path).ino).toBe(ino);
  });

  it("is of one component, and not of another that differs in a custom section", async () => {
    const { threads } = observe();
    const folder = unmadeFolder();
    const other = withCustomSection(STATEFUL, "note", "x");
    plant(folder, PRECOMPILED);
    await expectToRun(new ComponentLoader({ isolation: "inline", cache: folder }), other);
    expect(threads).toHaveLength(1);
    const expected = [entryPath(folder), entryPath(folder, other)];
    const names = readdirSync(folder).map((name) => join(folder, name));
    expect(new Set(names)).toEqual(new Set(expected));
  });

  it("is not kept of a component that is refused", async () => {
    const folder = unmadeFolder();
    const broken = STATEFUL.slice(0, -1);
    const load = new ComponentLoader({ isolation: "inline", cache: folder }).load(broken);
    await expect(load).rejects.toMatchObject({ code: "INVALID_PLUGIN" });
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it("is not kept by a loader without a cache, nor by precompile", async () => {
    const { threads } = observe();
    const folder = temporaryFolder();
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    await Promise.all([expectToRunWith(false), ComponentLoader.precompile(STATEFUL)]);
    expect(threads).toHaveLength(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});

it("a folder of the user's that others may read is closed to them", async () => {
  withoutUmask();
  const folder = unmadeFolder();
  mkdirSync(folder, { mode: 0o777 });
  plant(folder, PRECOMPILED);
  await expectToRunWith(folder);
  expect(mode(folder)).toBe(0o700);
});
