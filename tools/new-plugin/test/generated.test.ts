import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultId, newPlugin } from "../src/new-plugin.ts";
import { Workspace } from "./workspace.ts";

const NODE =
  "node --conditions=@uni/source --disable-warning=ExperimentalWarning --import=../../tools/ts-hook/register.mjs";
const PASSED = { status: 0, output: "" };

describe("a new plugin, as it is generated,", { timeout: 180_000 }, () => {
  const folder = "plugins/my-first";
  let workspace: Workspace;
  let built: { status: number | null; output: string };
  beforeAll(async () => {
    workspace = new Workspace();
    await newPlugin("my-first", defaultId("my-first"), workspace.root);
    workspace.install("my-first");
    built = await workspace.run(`${NODE} build.mjs`, folder);
  }, 180_000);
  afterAll(() => workspace[Symbol.dispose]());

  it("has no placeholder left, in contents and in names", () => {
    const files = workspace.listed().filter((path) => /^plugins\/my-first\/.*\.\w+$/.test(path));
    const own = files.filter((path) => !/node_modules|dist/.test(path));
    expect(own).toContain(`${folder}/assembly/hypotenuse.ts`);
    const contents = own.map((path) => workspace.text(path));
    expect([...own, ...contents].filter((text) => /__|\/_/.test(text))).toEqual([]);
  });

  it("builds for every format, as its package says", () => {
    expect(built).toEqual(PASSED);
    const { exports, files } = workspace.json(`${folder}/package.json`);
    const wasm = Object.keys(exports).filter((name) => name.endsWith(".wasm"));
    expect(wasm).toEqual(["./extism.wasm", "./component.wasm"]);
    expect(files).toEqual(["dist"]);
    const listed = workspace.listed();
    for (const name of wasm) {
      expect(listed).toContain(join(folder, exports[name]));
    }
  });

  it("passes its own tests, the checks of conformance among them", async () => {
    const { status, output } = await workspace.run(`vitest run --project ${folder}`);
    expect(status, output).toBe(0);
    expect(output).toMatch(/\b[4-9]\d passed, 0 failed, 0 skipped/);
  });

  it("is formatted and has nothing to lint", async () => {
    const { status, output } = await workspace.run("biome check --error-on-warnings plugins");
    expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/No fixes/) });
  });

  it("has tests that are typed", async () => {
    const config = { extends: "./tsconfig.json", include: ["plugins/*/test"] };
    writeFileSync(join(workspace.path, "tsconfig.plugins.json"), JSON.stringify(config));
    expect(await workspace.run("tsc -p tsconfig.plugins.json")).toEqual(PASSED);
  });

  it("has a README whose example runs and prints what it says", async () => {
    const readme = workspace.text(`${folder}/README.md`);
    const [, code = "", printed] = /^```ts\n(.*?)^```\n+```text\n(.*?)^```/ms.exec(readme) ?? [];
    writeFileSync(join(workspace.path, folder, "example.ts"), code);
    const { status, output } = await workspace.run(`${NODE} example.ts`, folder);
    expect({ status, output }).toEqual({ status: 0, output: printed });
  });

  it("has a changeset", () => {
    expect(workspace.text(".changeset/new-plugin-my-first.md")).toBe(
      '---\n"@uni/plugin-my-first": minor\n---\n\n`@uni/plugin-my-first` is the plugin `ai.example.my_first`, for Extism and as a component.\n',
    );
  });
});

describe("a new plugin of any name and id", () => {
  it("is formatted, and has the id", async () => {
    using workspace = new Workspace();
    const long = "n".repeat(40);
    await newPlugin("a", "z.b", workspace.root);
    await newPlugin("z-9", defaultId("z-9"), workspace.root);
    await newPlugin(long, `org.${long}.${long}`, workspace.root);
    const { status, output } = await workspace.run("biome check --error-on-warnings plugins");
    expect(status, output).toBe(0);
    expect(workspace.text("plugins/z-9/assembly/documents.ts")).toContain('"ai.example.z_9"');
    const exported = "export { invoke_z_b_hypotenuse }";
    expect(workspace.text("plugins/a/assembly/index.ts")).toContain(exported);
  });
});
