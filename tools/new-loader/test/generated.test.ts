import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newLoader } from "../src/new-loader.ts";
import { Workspace } from "./workspace.ts";

const NODE =
  "node --conditions=@uni/source --disable-warning=ExperimentalWarning --import=../../tools/ts-hook/register.mjs";
const PASSED = { status: 0, output: "" };

describe("a new loader, before anything is written in it,", () => {
  const folder = "packages/loader-my-format";
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = new Workspace();
    workspace.addDependencies();
    await newLoader("my-format", workspace.root);
    workspace.install(folder);
  });
  afterAll(() => workspace[Symbol.dispose]());

  const run = async (code: string) => {
    const file = join(workspace.path, folder, "run.ts");
    writeFileSync(file, code);
    try {
      return await workspace.run(`${NODE} run.ts`, folder);
    } finally {
      rmSync(file);
    }
  };

  it("has no placeholder left", () => {
    // Each by itself: what is installed has links, which Node.js 20 would follow round and round.
    const files = ["", "/src", "/test"].flatMap((part) =>
      readdirSync(join(workspace.path, folder + part), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => `${folder}${part}/${name}`),
    );
    expect(files).toContain(`${folder}/src/my-format-error.ts`);
    const contents = files
      .filter((file) => /\.\w+$/.test(file))
      .map((file) => workspace.text(file));
    expect([...files, ...contents].filter((text) => /__|\/_/.test(text))).toEqual([]);
  });

  it("is formatted and has nothing to lint", async () => {
    const { status, output } = await workspace.run(`biome check --error-on-warnings ${folder}`);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/No fixes/) });
  });

  it("is typed, tests included", async () => {
    expect(await workspace.run("tsc")).toEqual(PASSED);
  });

  it("has no unused file, export or dependency", async () => {
    const { status, output } = await workspace.run(`knip --workspace ${folder}`);
    expect({ status, output }).toEqual(PASSED);
  });

  it("builds, and what it would publish is sound", { timeout: 120_000 }, async () => {
    const { build, "lint:package": lint } = workspace.json(`${folder}/package.json`).scripts;
    expect(await workspace.run(build, folder)).toEqual(PASSED);
    const { status, output } = await workspace.run(lint, folder);
    expect(status, output).toBe(0);
  });

  it("has a README whose example runs and prints what it says", async () => {
    const readme = workspace.text(`${folder}/README.md`);
    const [, code = "", printed] = /^```ts\n(.*?)^```\n+```text\n(.*?)^```/ms.exec(readme) ?? [];
    expect(await run(code)).toEqual({ status: 0, output: printed });
  });

  it("has a changeset", () => {
    const changeset = workspace.text(".changeset/new-loader-my-format.md");
    expect(changeset).toMatch(/^---\n"@uni\/loader-my-format": minor\n---\n\n.+\n$/);
  });

  it("hands the checks a guest, and says where to write how it is called", async () => {
    const { output } = await run(`
      import { conforming } from "./test/conforming.ts";
      const f64 = { kind: "primitive", arrow: "float64" };
      const text = {
        manifest: { id: "ai.example.canned", version: "1.0.0" },
        registration: { entries: [] },
        scalar: "(call $log (i32.const 0) (i32.const 0)) (drop (call $ask (i32.const 0) (i32.const 0) (i32.const 0)))",
        procedure: "(call $count (i32.const 0) (local.get $i))",
        aggregate: { new: "", update: "(call $state (i32.const 0))", merge: "", evaluate: "(call $refuse (i32.const 1) (i32.const 0) (i32.const 0))" },
        start: "(drop (i64.eqz (local.get $j)))",
        memory: "1 2",
      };
      const hostFunctions = [{ name: "tick", docs: "Ticks.", call: () => new Uint8Array() }];
      for (const isolation of ["inline", "thread"]) {
        await using loader = conforming.make({ isolation, hostFunctions });
        const bytes = await conforming.guest({ name: "all", about: "Uses everything.", text });
        const error = await loader.load(bytes).catch((error) => error);
        console.log(error.name, error.code, error.message);
      }
      console.log(await conforming.guest({ name: "geo", about: "Is built from sources." }));
    `);
    const said =
      "MyFormatError INTERNAL loader-my-format does not call manifest yet: write packages/loader-my-format/src/guest.ts\n";
    expect(output).toBe(`${said}${said}undefined\n`);
  });

  it("is formatted whatever its name", async () => {
    for (const name of ["a", "z-9", "n".repeat(40)]) {
      await newLoader(name, workspace.root);
      const { status, output } = await workspace.run(
        `biome check --error-on-warnings packages/loader-${name}`,
      );
      expect(status, output).toBe(0);
    }
  });
});
