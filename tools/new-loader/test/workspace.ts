import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

// What a new loader depends on. Copies, because `tsc -b` builds what a project references.
const COPIES = ["packages/plugin", "packages/wasm-rt", "packages/conformance"];
const LINKS = ["node_modules", "tools/fixtures", "tools/ts-hook"];
const FILES = ["LICENSE", "biome.json", "knip.json", "pnpm-workspace.yaml", ".gitignore"];
const TSCONFIGS = ["tsconfig.json", "tsconfig.base.json"];

/** A small repository beside the real one, whose packages other tests read. */
export class Workspace implements Disposable {
  readonly path: string = realpathSync(mkdtempSync(join(tmpdir(), "uni-new-loader-")));

  constructor() {
    for (const folder of ["packages", "tools", ".changeset"]) mkdirSync(join(this.path, folder));
    for (const file of [...FILES, ...TSCONFIGS])
      cpSync(join(repository, file), join(this.path, file));
    for (const link of LINKS) symlinkSync(join(repository, link), join(this.path, link));
    const { devDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const root = { name: "workspace", private: true, type: "module", devDependencies };
    writeFileSync(join(this.path, "package.json"), JSON.stringify(root));
  }

  /** Puts there what a new loader depends on. */
  addDependencies(): void {
    for (const copy of COPIES) {
      for (const part of ["package.json", "tsconfig.json", "src"]) {
        cpSync(join(repository, copy, part), join(this.path, copy, part), { recursive: true });
      }
    }
    for (const copy of COPIES) this.link(copy);
  }

  get root(): URL {
    return pathToFileURL(`${this.path}/`);
  }

  /** Links the dependencies of a package as pnpm would. */
  link(folder: string): void {
    const { dependencies, devDependencies } = this.json(`${folder}/package.json`);
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const target = this.#installed(folder, name);
      if (target === undefined) continue;
      const link = join(this.path, folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(target, link);
    }
  }

  #installed(folder: string, name: string): string | undefined {
    const own = ["packages", "tools"]
      .map((where) => join(this.path, where, name.replace("@uni/", "")))
      .find((path) => name.startsWith("@uni/") && existsSync(path));
    const there = [folder, "packages/wasm-rt"]
      .map((from) => join(repository, from, "node_modules", name))
      .find((path) => existsSync(path));
    return own ?? (there === undefined ? undefined : realpathSync(there));
  }

  text(path: string): string {
    return readFileSync(join(this.path, path), "utf8");
  }

  json(path: string) {
    return JSON.parse(this.text(path));
  }

  /** Runs a command line with the tools of the repository; resolves to its status and output. */
  run(command: string, folder = "."): Promise<{ status: number | null; output: string }> {
    const bin = join(repository, "node_modules/.bin");
    const child = spawn(command, {
      cwd: join(this.path, folder),
      shell: true,
      env: { ...process.env, NODE_OPTIONS: "", PATH: `${bin}${delimiter}${process.env.PATH}` },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, output }));
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
