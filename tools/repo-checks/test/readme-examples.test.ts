import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { componentPath, fixturePath } from "@uni/fixtures";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

// Examples import packages by name, so they run from a folder that can resolve these: a package's own,
// which resolves itself and what it depends on, or that of its tests where this is another one.
const folderOf = (name: string): string => {
  const tests = join(root, "tools", `${name}-tests`);
  return existsSync(tests) ? tests : join(root, "packages", name);
};
const readmes = [
  { readme: "README.md", from: fileURLToPath(new URL("..", import.meta.url)) },
  ...readdirSync(join(root, "packages")).map((name) => ({
    readme: `packages/${name}/README.md`,
    from: folderOf(name),
  })),
];

/** Each TypeScript block, with the block of plain text behind it that shows what it prints. */
function examplesOf(markdown: string) {
  const blocks = markdown.matchAll(/^```ts\n([\s\S]*?)^```\n(?:\s*^```text\n([\s\S]*?)^```)?/gm);
  return [...blocks].map(([, code = "", printed]) => ({ code, printed }));
}

function runExample(code: string, from: string) {
  const folder = mkdtempSync(join(from, "example-"));
  const work = mkdtempSync(join(tmpdir(), "uni-example-"));
  try {
    copyFileSync(fixturePath("geo"), join(work, "geo.wasm"));
    copyFileSync(componentPath("geo"), join(work, "geo.component.wasm"));
    copyFileSync(
      join(root, "packages/loader-core/guests/dist/geo.wasm"),
      join(work, "geo.core.wasm"),
    );
    writeFileSync(join(folder, "example.ts"), code);
    const hook = pathToFileURL(join(root, "tools/ts-hook/register.mjs")).href;
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

describe("the examples of", () => {
  for (const { readme, from } of readmes) {
    it(`${readme} run as they are and print what they say`, () => {
      const examples = examplesOf(readFileSync(join(root, readme), "utf8"));
      expect(examples).not.toEqual([]);
      for (const { code, printed } of examples) {
        const { status, stdout, stderr } = runExample(code, from);
        expect({ status, stderr }, code).toEqual({ status: 0, stderr: "" });
        if (printed !== undefined) expect(stdout).toBe(printed);
      }
    });
  }
});
