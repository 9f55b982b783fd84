import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { defaultId, newPlugin } from "../src/new-plugin.ts";
import { Workspace } from "./workspace.ts";

const page = readFileSync(new URL("../../../docs/writing-a-plugin.md", import.meta.url), "utf8");
const NODE =
  "node --conditions=@uni/source --disable-warning=ExperimentalWarning --import=../../tools/ts-hook/register.mjs";

/** The files of the page, which name themselves in their first line. */
const files = [...page.matchAll(/^```typescript\n\/\/ (plugins\/celsius\/\S+)\n(.*?)^```/gms)];
const [remove = ""] = /^rm .*$/m.exec(page) ?? [];

it("the plugin of docs/writing-a-plugin.md is built as it says and keeps the contract", {
  timeout: 300_000,
}, async () => {
  expect(files).toHaveLength(5);
  using workspace = new Workspace();
  await newPlugin("celsius", defaultId("celsius"), workspace.root);
  workspace.install("celsius");
  expect(await workspace.run(remove, "plugins/celsius")).toEqual({ status: 0, output: "" });
  for (const [, path = "", code = ""] of files) writeFileSync(join(workspace.path, path), code);

  const built = await workspace.run(`${NODE} build.mjs`, "plugins/celsius");
  expect(built).toEqual({ status: 0, output: "" });
  const { status, output } = await workspace.run("vitest run --project plugins/celsius");
  expect(status, output).toBe(0);
  expect(output).toMatch(/\b[4-9]\d passed, 0 failed, 0 skipped/);
  const formatted = await workspace.run("biome check --error-on-warnings plugins/celsius");
  expect(formatted.status, formatted.output).toBe(0);

  const wasm = ["extism", "component"].map((format) => {
    return readFileSync(join(workspace.path, `plugins/celsius/dist/${format}.wasm`));
  });
  const sizes = wasm.map(({ length }) => `${Math.round(length / 1000)} KB`);
  const [, stated] = /^\| \[AssemblyScript\].*\| (.*) \|$/m.exec(page) ?? [];
  expect(stated).toBe(sizes.join(", "));
});
