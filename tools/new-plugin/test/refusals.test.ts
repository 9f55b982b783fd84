import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runMain } from "@uni/scaffold/testing";
import { describe, expect, it } from "vitest";
import { newPlugin } from "../src/new-plugin.ts";
import { Workspace } from "./workspace.ts";

const ID = "ai.example.geo";

describe("a new plugin is refused, and nothing is left behind,", () => {
  it.each([
    ["My-Plugin", /^expected a name of lowercase letters, .* got "My-Plugin"/],
    ["../evil", /^expected a name/],
    ["", /^expected a name/],
    ["2x", /^expected a name/],
    ["n".repeat(41), /^expected a name/],
    ["plugin-geo", 'expected the name of a plugin, got "plugin-geo"; leave out "plugin-"'],
    ["com1", 'expected a name that every file system takes, got "com1"; take another name'],
    ["taken", 'the name "taken" is taken; take another one for the plugin'],
  ])("with the name %j", async (name, message) => {
    using workspace = new Workspace();
    mkdirSync(join(workspace.path, "plugins/taken"), { recursive: true });
    const before = workspace.listed();
    await expect(newPlugin(name, ID, workspace.root)).rejects.toThrow(message);
    expect(workspace.listed()).toEqual(before);
  });

  it.each(["geo", "ai.example.my-geo", "ai..geo", "AI.geo", "ai.2x", `ai.${"n".repeat(150)}`])(
    "with the id %j",
    async (id) => {
      using workspace = new Workspace();
      const before = workspace.listed();
      await expect(newPlugin("geo", id, workspace.root)).rejects.toThrow(
        /^expected a plugin id such as/,
      );
      await expect(newPlugin("geo", id, workspace.root)).rejects.toThrow(JSON.stringify(id));
      expect(workspace.listed()).toEqual(before);
    },
  );

  it("a second time", async () => {
    using workspace = new Workspace();
    await newPlugin("geo", ID, workspace.root);
    const before = workspace.listed();
    writeFileSync(join(workspace.path, "plugins/geo/README.md"), "mine");
    await expect(newPlugin("geo", ID, workspace.root)).rejects.toThrow(/is taken/);
    expect(workspace.listed()).toEqual(before);
    expect(workspace.text("plugins/geo/README.md")).toBe("mine");
  });

  it("where there is a changeset of the name", async () => {
    using workspace = new Workspace();
    writeFileSync(join(workspace.path, ".changeset/new-plugin-geo.md"), "mine");
    const before = workspace.listed();
    await expect(newPlugin("geo", ID, workspace.root)).rejects.toThrow(
      /new-plugin-geo\.md exists already/,
    );
    expect(workspace.listed()).toEqual(before);
  });

  it("where it cannot be formatted", async () => {
    using workspace = new Workspace();
    rmSync(join(workspace.path, "node_modules"));
    const before = workspace.listed();
    await expect(newPlugin("geo", ID, workspace.root)).rejects.toThrow(/biome could not format/);
    expect(workspace.listed()).toEqual(before);
  });
});

describe("the command", () => {
  const run = (...args: string[]) => runMain(new URL("../src/main.ts", import.meta.url), ...args);

  it("explains itself", () => {
    const usage = expect.stringMatching(/^Usage: pnpm new-plugin <name> \[--id <id>\]\n/);
    expect(run("--help")).toEqual({ status: 0, stdout: usage, stderr: "" });
  });

  it.each([
    [[], /^error: expected one name, got none; see "pnpm new-plugin --help"\n$/],
    [["a", "b"], /^error: expected one name, got a b; .*\n$/],
    [["--name", "a"], /^error: Unknown option '--name'; see "pnpm new-plugin --help"\n$/],
    [["Geo"], /^error: expected a name .*\n$/],
    [["geo", "--id", "geo"], /^error: expected a plugin id .*\n$/],
  ])("ends with 1 and one line for %j", (args, line) => {
    expect(run(...args)).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(line) });
  });
});
