import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

const LINKS = ["node_modules", "packages", "tools"];
const COPIES = ["LICENSE", "biome.json", "package.json", ".gitignore", "vitest.config.ts"];
const TSCONFIGS = ["tsconfig.json", "tsconfig.base.json"];

/** A repository with the packages of the real one, and plugins of its own. */
export class Workspace implements Disposable {
  readonly path: string = realpathSync(mkdtempSync(join(tmpdir(), "uni-new-plugin-")));

  constructor() {
    mkdirSync(join(this.path, ".changeset"));
    for (const file of [...COPIES, ...TSCONFIGS]) {
      cpSync(join(repository, file), join(this.path, file));
    }
    for (const link of LINKS) symlinkSync(join(repository, link), join(this.path, link));
  }

  get root(): URL {
    return pathToFileURL(`${this.path}/`);
  }

  /** Links what a plugin depends on as pnpm would. */
  link(plugin: string): void {
    const { devDependencies } = this.json(`plugins/${plugin}/package.json`);
    for (const name of Object.keys(devDependencies)) {
      const link = join(this.path, "plugins", plugin, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(installed(name), link);
    }
  }

  /** What there is, by its path, not followed through links. */
  listed(folder = ""): string[] {
    // Node.js 20 would follow them: round and round.
    return readdirSync(join(this.path, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [path, ...this.listed(path)] : [path];
    });
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
    // A vitest in a vitest would take itself for a worker.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST"));
    const own = { NODE_OPTIONS: "", PATH: `${bin}${delimiter}${process.env.PATH}` };
    const child = spawn(command, {
      cwd: join(this.path, folder),
      shell: true,
      env: { ...Object.fromEntries(inherited), ...own },
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

function installed(name: string): string {
  const [scope, own] = name.split("/");
  if (scope !== "@uni" || own === undefined) {
    return realpathSync(join(repository, "packages/wasm-rt/node_modules", name));
  }
  return join(repository, own === "guest-kit" ? "tools" : "packages", own);
}
