import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { git } from "@uni/processes";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undescribedChanges } from "../src/changesets/undescribed-changes.ts";
import { type PublicPackage, publicPackages } from "../src/public-packages.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

it("every change of a public API comes with a changeset", () => {
  expect(undescribedChanges(root, publicPackages(root)).join("\n")).toBe("");
});

const AUTHOR = ["user.name=A", "user.email=a@example.com", "commit.gpgsign=false"].flatMap(
  (setting) => ["-c", setting],
);

describe("a change of an API report", () => {
  const one = "packages/one/api/index.api.md";
  let repository = "";
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  };
  const describeIn = (file: string, ...names: readonly string[]): void => {
    const releases = names.map((name) => `"${name}": patch\n`).join("");
    write(`.changeset/${file}.md`, `---\n${releases}---\n\nSomething is new.\n`);
  };
  const commit = (subject: string): void => {
    git(repository, "add", "--all");
    git(repository, ...AUTHOR, "commit", "-qm", subject);
  };
  const packagesIn = (folder: string): readonly PublicPackage[] => [
    { name: "@test/one", folder: join(folder, "packages/one"), entryPoints: [] },
    { name: "@test/two", folder: join(folder, "packages/two"), entryPoints: [] },
  ];
  const undescribed = (folder = repository): string[] =>
    undescribedChanges(folder, packagesIn(folder));

  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), "uni-changes-"));
    git(repository, "init", "-q", "-b", "main");
    write(one, "a\n");
    write("packages/two/api/index.api.md", "a\n");
    write(".changeset/README.md", "what these files are\n");
    commit("Start");
  });
  afterEach(() => rmSync(repository, { recursive: true }));

  it("passes while there is no history of it", () => {
    expect(undescribed()).toEqual([]);
  });

  it("fails without a changeset, and says what to run", () => {
    write(one, "b\n");
    commit("Change one");
    const [complaint, ...others] = undescribed();
    expect(others).toEqual([]);
    expect(complaint).toMatch(
      /^@test\/one: packages\/one\/api changed in [0-9a-f]{10} \(Change one\), and no changeset .*; run `pnpm changeset`/,
    );
  });

  it("passes with a changeset in the same commit", () => {
    write(one, "b\n");
    describeIn("a", "@test/one");
    commit("Change one");
    expect(undescribed()).toEqual([]);
  });

  it("passes with a changeset in a later commit", () => {
    write(one, "b\n");
    commit("Change one");
    write("other", "");
    commit("Change something else");
    describeIn("a", "@test/two", "@test/one");
    commit("Say so");
    expect(undescribed()).toEqual([]);
  });

  it("fails with a changeset that is older", () => {
    describeIn("a", "@test/one");
    commit("Say something");
    write(one, "b\n");
    commit("Change one");
    expect(undescribed()).toHaveLength(1);
    describeIn("a", "@test/one", "@test/two");
    commit("Say more");
    expect(undescribed()).toEqual([]);
  });

  it("fails with a changeset of another package", () => {
    write(one, "b\n");
    describeIn("a", "@test/two");
    commit("Change one");
    expect(undescribed()).toHaveLength(1);
  });

  it("is seen before it is committed, and so is its changeset", () => {
    write(one, "b\n");
    expect(undescribed()[0]).toContain("packages/one/api changed in the work tree");
    describeIn("a", "@test/one");
    expect(undescribed()).toEqual([]);
  });

  it("is also a report that is new, and not yet added", () => {
    write("packages/one/api/more.api.md", "a\n");
    expect(undescribed()).toHaveLength(1);
  });

  it("passes once a release has deleted the changeset", () => {
    write(one, "b\n");
    describeIn("a", "@test/one");
    commit("Change one");
    git(repository, "rm", "-q", ".changeset/a.md");
    expect(undescribed()).toEqual([]);
    write("packages/one/CHANGELOG.md", "Something is new.\n");
    commit("Release");
    expect(undescribed()).toEqual([]);
  });

  it("passes with a changeset of the commit that merges it", () => {
    git(repository, "checkout", "-q", "-b", "branch");
    write(one, "b\n");
    commit("Change one");
    git(repository, "checkout", "-q", "main");
    write("other", "");
    commit("Change something else");
    git(repository, ...AUTHOR, "merge", "-q", "--no-ff", "--no-commit", "branch");
    describeIn("a", "@test/one");
    commit("Merge");
    expect(undescribed()).toEqual([]);
  });

  it("passes where a shallow clone ends with it", () => {
    write(one, "b\n");
    commit("Change one");
    const clone = join(repository, "clone");
    git(repository, "clone", "-q", "--depth=1", pathToFileURL(repository).href, clone);
    expect(undescribed(clone)).toEqual([]);
  });

  it("passes in a copy without history", () => {
    write(one, "b\n");
    rmSync(join(repository, ".git"), { recursive: true });
    expect(undescribed()).toEqual([]);
  });
});
