import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runMain } from "@uni/scaffold/testing";
import { describe, expect, it } from "vitest";
import { newLoader } from "../src/new-loader.ts";
import { Workspace } from "./workspace.ts";

describe("a new loader is refused, and nothing is left behind,", () => {
  it.each([
    [
      "My-Format",
      /^expected a name of lowercase letters, digits and single hyphens .* got "My-Format"/,
    ],
    ["../evil", /^expected a name/],
    ["", /^expected a name/],
    ["loader-geo", 'expected the name of a format, got "loader-geo"; leave out "loader-"'],
    ["plugin", 'the name "plugin" is taken; take another one for the loader'],
    ["taken", 'the name "taken" is taken; take another one for the loader'],
  ])("with the name %j", async (name, message) => {
    using workspace = new Workspace();
    mkdirSync(join(workspace.path, "packages/loader-taken"));
    const before = workspace.listed();
    await expect(newLoader(name, workspace.root)).rejects.toThrow(message);
    expect(workspace.listed()).toEqual(before);
  });

  it("a second time", async () => {
    using workspace = new Workspace();
    await newLoader("geo", workspace.root);
    const before = workspace.listed();
    const readme = join(workspace.path, "packages/loader-geo/README.md");
    writeFileSync(readme, "mine");
    await expect(newLoader("geo", workspace.root)).rejects.toThrow(/is taken/);
    expect(workspace.listed()).toEqual(before);
    expect(workspace.text("packages/loader-geo/README.md")).toBe("mine");
  });

  it("where there is a changeset of the name", async () => {
    using workspace = new Workspace();
    writeFileSync(join(workspace.path, ".changeset/new-loader-geo.md"), "mine");
    const before = workspace.listed();
    await expect(newLoader("geo", workspace.root)).rejects.toThrow(
      /new-loader-geo\.md exists already/,
    );
    expect(workspace.listed()).toEqual(before);
  });

  it("where it cannot be formatted", async () => {
    using workspace = new Workspace();
    rmSync(join(workspace.path, "node_modules"));
    const before = workspace.listed();
    await expect(newLoader("geo", workspace.root)).rejects.toThrow(/biome could not format/);
    expect(workspace.listed()).toEqual(before);
  });
});

describe("the command", () => {
  const run = (...args: string[]) => runMain(new URL("../src/main.ts", import.meta.url), ...args);

  it("explains itself", () => {
    const usage = expect.stringMatching(/^Usage: pnpm new-loader <name>\n/);
    expect(run("--help")).toEqual({ status: 0, stdout: usage, stderr: "" });
  });

  it.each([
    [[], /^error: expected one name, got none; see "pnpm new-loader --help"\n$/],
    [["a", "b"], /^error: expected one name, got a b; .*\n$/],
    [["--name", "a"], /^error: Unknown option '--name'; see "pnpm new-loader --help"\n$/],
    [["Extism"], /^error: expected a name .*\n$/],
    [["extism"], /^error: the name "extism" is taken; take another one for the loader\n$/],
  ])("ends with 1 and one line for %j", (args, line) => {
    expect(run(...args)).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(line) });
  });
});
