import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { newLoader } from "../src/new-loader.ts";
import { Workspace } from "./workspace.ts";

/** What is where new things would be. */
const listed = ({ path }: Workspace) =>
  ["packages", ".changeset"].flatMap((folder) => readdirSync(join(path, folder)));

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
    const before = listed(workspace);
    await expect(newLoader(name, workspace.root)).rejects.toThrow(message);
    expect(listed(workspace)).toEqual(before);
  });

  it("a second time", async () => {
    using workspace = new Workspace();
    await newLoader("geo", workspace.root);
    const before = listed(workspace);
    const readme = join(workspace.path, "packages/loader-geo/README.md");
    writeFileSync(readme, "mine");
    await expect(newLoader("geo", workspace.root)).rejects.toThrow(/is taken/);
    expect(listed(workspace)).toEqual(before);
    expect(workspace.text("packages/loader-geo/README.md")).toBe("mine");
  });

  it("where there is a changeset of the name", async () => {
    using workspace = new Workspace();
    writeFileSync(join(workspace.path, ".changeset/new-loader-geo.md"), "mine");
    const before = listed(workspace);
    await expect(newLoader("geo", workspace.root)).rejects.toThrow(
      /new-loader-geo\.md exists already/,
    );
    expect(listed(workspace)).toEqual(before);
  });

  it("where it cannot be formatted", async () => {
    using workspace = new Workspace();
    rmSync(join(workspace.path, "node_modules"));
    const before = listed(workspace);
    await expect(newLoader("geo", workspace.root)).rejects.toThrow(/biome could not format/);
    expect(listed(workspace)).toEqual(before);
  });
});

describe("the command", () => {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const hook = new URL("../../ts-hook/register.mjs", import.meta.url).href;
  const run = (...args: string[]) => {
    const flags = ["--disable-warning=ExperimentalWarning", `--import=${hook}`];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, main, ...args], {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    return { status, stdout, stderr };
  };

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
