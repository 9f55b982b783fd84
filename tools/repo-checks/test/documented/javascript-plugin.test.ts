import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ComponentLoader } from "@uni/loader-component";
import { expect, it } from "vitest";
import { expectCelsius } from "./celsius.ts";
import { codeOf, commandOf } from "./plugin-page.ts";

// Builds import their packages by name, so they are done in a folder that can resolve these.
const here = fileURLToPath(new URL("../..", import.meta.url));
const withoutWeval = new URL("../../../fixtures/build/without-weval.mjs", import.meta.url);

it("celsius.js of docs/writing-a-plugin.md is built as it says, converts, and keeps the contract", {
  timeout: 600_000,
}, async () => {
  const folder = mkdtempSync(join(here, "example-"));
  try {
    for (const file of ["celsius.js", "build.mjs"]) writeFileSync(join(folder, file), codeOf(file));
    const { status, stderr } = spawnSync("sh", ["-c", commandOf("node")], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: `--import=${withoutWeval.href}` },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const component = new Uint8Array(readFileSync(join(folder, "celsius.component.wasm")));
    await using loader = new ComponentLoader({ cache: false });
    await expectCelsius(component, loader);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
