import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readComponent } from "@uni/fixtures";
import { afterAll, describe, expect, it } from "vitest";
import { runNode } from "../translate/run-node.ts";
import { entryOf } from "../translate/stateful.ts";
import { temporaryFolder } from "../translate/temporary-folder.ts";
import { installStandIn, installWithoutValidator } from "./install.ts";

// The packages as they are published, in a folder where the validator is not installed.
const folder = installWithoutValidator(temporaryFolder(afterAll));
writeFileSync(join(folder, "text.wasm"), readComponent("text"));
writeFileSync(join(folder, "text.unicmp"), entryOf(readComponent("text")));

const COMMON = `
import { readFileSync } from "node:fs";
import { PluginRegistry } from "@uni/plugin";
import { tableFromArrays, Utf8, vectorFromArray } from "apache-arrow";
const read = (name) => readFileSync(new URL(name, import.meta.url));
const [batch] = tableFromArrays({ x: vectorFromArray(["abc", null, "ç"], new Utf8()) }).batches;
async function run(loader, name) {
  const registry = new PluginRegistry();
  const plugin = await loader.load(read(name), { registry });
  const reversed = await registry.scalar("ai.example.text.reverse").invoke(batch);
  await plugin.close();
  return [...reversed];
}
const refusal = ({ name, code, message }) => ({ name, code, message });
`;

/** Runs a program in a folder with such an install, and gives what it prints as JSON. */
async function printedIn(install: string, name: string, text: string): Promise<unknown> {
  const path = join(install, name);
  writeFileSync(path, COMMON + text);
  const home = join(install, "home");
  const outcome = await runNode([path], { env: { HOME: home }, cwd: install });
  expect(outcome).toMatchObject({ status: 0, stderr: "" });
  // What needs no cache makes none.
  expect(existsSync(home)).toBe(false);
  return JSON.parse(outcome.stdout);
}

const REVERSED = ["cba", null, "ç"];
const TO_INSTALL = {
  name: "ComponentError",
  code: "INSTANTIATE",
  message: expect.stringMatching(
    /@bytecodealliance\/jco-transpile, which is not installed: install it, or .*precompile/,
  ),
};

describe("where the validator is not installed", () => {
  it("it is indeed not found", async () => {
    expect(readdirSync(join(folder, "node_modules"))).not.toContain("@bytecodealliance");
    const found = await printedIn(
      folder,
      "found.mjs",
      `
      const found = await import("@bytecodealliance/jco-transpile/wasm-tools").catch(refusal);
      console.log(JSON.stringify(found));`,
    );
    expect(found).toMatchObject({ code: "ERR_MODULE_NOT_FOUND" });
  });

  it("a precompiled component loads and runs, with either loader", async () => {
    const answers = await printedIn(
      folder,
      "precompiled.mjs",
      `
      import { ComponentLoader } from "@uni/loader-component";
      import { PrecompiledLoader } from "@uni/loader-component/precompiled";
      const loaders = [new PrecompiledLoader(), new ComponentLoader()];
      const answers = loaders.map((loader) => run(loader, "text.unicmp"));
      console.log(JSON.stringify(await Promise.all(answers)));`,
    );
    expect(answers).toEqual([REVERSED, REVERSED]);
  });

  it("what loads precompiled components needs nothing of the translation either", async () => {
    const smaller = installWithoutValidator(temporaryFolder());
    const modules = join(smaller, "node_modules");
    rmSync(join(modules, "@uni", "loader-component", "dist", "translate"), { recursive: true });
    rmSync(join(modules, "p-limit"));
    copyFileSync(join(folder, "text.unicmp"), join(smaller, "text.unicmp"));
    const answers = await printedIn(
      smaller,
      "smaller.mjs",
      `
      const { PrecompiledLoader } = await import("@uni/loader-component/precompiled");
      const answer = await run(new PrecompiledLoader(), "text.unicmp");
      const whole = await import("@uni/loader-component").catch(refusal);
      console.log(JSON.stringify([answer, whole.code]));`,
    );
    expect(answers).toEqual([REVERSED, "ERR_MODULE_NOT_FOUND"]);
  });

  it("a component is refused with the package to install, and so is precompiling it", async () => {
    const refusals = await printedIn(
      folder,
      "component.mjs",
      `
      import { ComponentLoader } from "@uni/loader-component";
      const refusals = [
        await run(new ComponentLoader(), "text.wasm").catch(refusal),
        await ComponentLoader.precompile(read("text.wasm")).catch(refusal),
      ];
      console.log(JSON.stringify(refusals));`,
    );
    expect(refusals).toEqual([TO_INSTALL, TO_INSTALL]);
  });
});

it("a validator is found in a folder of any name", async () => {
  const odd = installWithoutValidator(join(temporaryFolder(), "a #1 100%25 folder?"));
  installStandIn(odd, "9.9.9");
  copyFileSync(join(folder, "text.wasm"), join(odd, "text.wasm"));
  const answer = await printedIn(
    odd,
    "odd.mjs",
    `
    import { ComponentLoader } from "@uni/loader-component";
    const answer = await run(new ComponentLoader({ cache: false }), "text.wasm").catch(refusal);
    console.log(JSON.stringify(answer));`,
  );
  expect(answer).toEqual(REVERSED);
});
