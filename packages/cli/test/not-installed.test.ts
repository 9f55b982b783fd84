import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { componentPath, fixturePath } from "@uni/fixtures";
import { beforeAll, describe, expect, it } from "vitest";
import { type Outcome, outcome, start } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const cliFolder = fileURLToPath(new URL("..", import.meta.url));
const main = join(folder.path, "cli/src/main.ts");

// A copy of this package beside a node_modules with what it needs and none of what is optional. Not
// inside of it: Node.js 24 takes no types out of files there.
beforeAll(() => {
  cpSync(join(cliFolder, "src"), join(folder.path, "cli/src"), { recursive: true });
  cpSync(join(cliFolder, "package.json"), join(folder.path, "cli/package.json"));
  const { dependencies } = JSON.parse(readFileSync(join(cliFolder, "package.json"), "utf8"));
  for (const name of [...Object.keys(dependencies), "apache-arrow"]) {
    link(name, realpathSync(join(cliFolder, "node_modules", name)));
  }
  // What the sources of the repository are compiled with, for Node.js 20.
  link(
    "@oxc-project/runtime",
    realpathSync(join(cliFolder, "../../node_modules/@oxc-project/runtime")),
  );
});

function link(name: string, target: string): void {
  const path = join(folder.path, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

const alone = (...args: string[]): Promise<Outcome> =>
  outcome(start(args, { cwd: folder.path, main }));

describe("without the packages that are optional", () => {
  it("inspect says what the bytes say, and what to install for the rest", async () => {
    const [extism, component] = await Promise.all([
      alone("inspect", fixturePath("geo")),
      alone("inspect", componentPath("geo"), "--json"),
    ]);
    expect(extism.status).toBe(0);
    expect(extism.stdout).toMatch(
      /^ {2}format +Extism plugin\n {2}memory +1 page.*\n {2}imports +extism:host\/env: /m,
    );
    expect(extism.stderr).toBe(
      "note: loading this plugin (Extism plugin) needs @uni/loader-extism, which is not installed\n" +
        "hint: npm install @uni/loader-extism\n",
    );
    expect(component.status).toBe(0);
    expect(JSON.parse(component.stdout)).toMatchObject({
      format: "component",
      bytes: expect.any(Number),
    });
    expect(component.stderr).toContain("hint: npm install @uni/loader-component\n");
  });

  it("every other command fails with what to install", async () => {
    const geo = fixturePath("geo");
    const [call, check, sql, precompile] = await Promise.all([
      alone("call", geo, "haversine", "1", "2", "3", "4"),
      alone("check", geo),
      alone("sql", geo, "SELECT 1"),
      alone("precompile", componentPath("geo")),
    ]);
    const fails = (name: string) => ({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(
        new RegExp(
          `^error: .* needs ${name}, which is not installed\nhint: npm install ${name}\n$`,
        ),
      ),
    });
    expect(call).toEqual(fails("@uni/loader-extism"));
    expect(check).toEqual(fails("@uni/conformance"));
    expect(sql).toEqual(fails("@duckdb/node-api"));
    expect(precompile).toEqual(fails("@uni/loader-component"));
  });

  it("an error inside of a package is not taken for its absence", async () => {
    const broken = join(folder.path, "node_modules/@uni/loader-core");
    mkdirSync(broken, { recursive: true });
    const json = { name: "@uni/loader-core", type: "module", exports: "./index.js" };
    writeFileSync(join(broken, "package.json"), JSON.stringify(json));
    writeFileSync(join(broken, "index.js"), 'import "./gone.js";');
    const core = fileURLToPath(new URL("../../loader-core/guests/dist/geo.wasm", import.meta.url));
    const { status, stderr } = await alone("call", core, "haversine", "1", "2", "3", "4");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: Cannot find module '.*gone\.js'/);
    expect(stderr).not.toContain("npm install");
  });
});
