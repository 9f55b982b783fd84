import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../read/tracked-files.ts";
import { commandsOf } from "./plugin-page.ts";

const hook = pathToFileURL(join(ROOT, "tools/ts-hook/register.mjs")).href;
const FLAGS = ["--conditions=@uni/source", "--disable-warning=ExperimentalWarning"];
const MAIN = join(ROOT, "packages/cli/src/main.ts");
const EXPECTED: Readonly<Record<string, RegExp>> = {
  inspect: /of_fahrenheit\(float64\) → float64/,
  call: /\b100\b/,
  check: /23 passed, 0 failed/,
};

describe("a plugin is checked as docs/writing-a-plugin.md says:", { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "uni-checking-"));
  const kept = new URL("./celsius.c.wasm", import.meta.url);
  beforeAll(() => copyFileSync(kept, join(folder, "celsius.wasm")));
  afterAll(() => rmSync(folder, { recursive: true }));

  const commands = commandsOf("npx uni-wasm").map((line) => line.split(" ").slice(2));
  it.each(commands.map((args) => [args.join(" "), args] as const))("%s", (_line, args) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...FLAGS, `--import=${hook}`, MAIN, ...args],
      { cwd: folder, encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(EXPECTED[args[0] ?? ""] ?? /a command without an expectation/);
  });

  it("by every command that there is an expectation for", () => {
    expect(commands.map(([name]) => name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });
});
