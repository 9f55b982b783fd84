import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { blocksOf } from "./read/markdown.ts";
import { tableUnder } from "./read/table-under.ts";
import { ROOT, trackedFiles } from "./read/tracked-files.ts";

// Examples import packages by name, so they run from a folder that can resolve these: a package's own,
// which resolves itself and what it depends on, or that of its tests where this is another one.
const folderOf = (name: string): string => {
  const tests = join(ROOT, "tools", `${name}-tests`);
  return existsSync(tests) ? tests : join(ROOT, "packages", name);
};
const here = fileURLToPath(new URL("..", import.meta.url));
const pages = trackedFiles("*.md").flatMap((page) => {
  const [, name] = /^packages\/([^/]+)\/README\.md$/.exec(page) ?? [];
  if (name !== undefined) return [{ page, from: folderOf(name) }];
  return page === "README.md" || /^docs\/(?!README)/.test(page) ? [{ page, from: here }] : [];
});

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const plugins = [...tableUnder(readme, "The plugins of the examples")].map(
  ([name, [[built = ""] = []]]) => [name, built] as const,
);

function runExample(code: string, from: string) {
  const folder = mkdtempSync(join(from, "example-"));
  const work = mkdtempSync(join(tmpdir(), "uni-example-"));
  try {
    for (const [name, built] of plugins) copyFileSync(join(ROOT, built), join(work, name));
    copyFileSync(
      new URL("./documented/celsius.c.wasm", import.meta.url),
      join(work, "celsius.wasm"),
    );
    writeFileSync(join(folder, "example.ts"), code);
    const hook = pathToFileURL(join(ROOT, "tools/ts-hook/register.mjs")).href;
    const flags = ["--conditions=@uni/source", "--disable-warning=ExperimentalWarning"];
    return spawnSync(process.execPath, [...flags, `--import=${hook}`, join(folder, "example.ts")], {
      cwd: work,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "", UNI_COMPONENT_CACHE: join(work, "cache") },
    });
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(work, { recursive: true });
  }
}

// Some load a component of a JavaScript engine, or run every check of a plugin.
describe("the examples of", { timeout: 180_000 }, () => {
  for (const { page, from } of pages) {
    it(`${page} run as they are and print what they say`, () => {
      const examples = blocksOf(readFileSync(join(ROOT, page), "utf8"), "ts");
      // Whoever takes a package up starts with its README.
      if (page.endsWith("README.md")) expect(examples).not.toEqual([]);
      for (const { code, printed } of examples) {
        const { status, stdout, stderr } = runExample(code, from);
        expect({ status, stderr }, code).toEqual({ status: 0, stderr: "" });
        if (printed !== undefined) expect(stdout).toBe(printed);
      }
    });
  }
});
