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

const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));

/** What a temporary repository has of the real one. */
export interface RepositoryParts {
  readonly copies: readonly string[];
  readonly links: readonly string[];
}

/** A repository in a temporary folder, with parts of the real one. */
export class TemporaryRepository implements Disposable {
  readonly path: string = realpathSync(mkdtempSync(join(tmpdir(), "uni-scaffold-")));

  constructor({ copies, links }: RepositoryParts) {
    mkdirSync(join(this.path, ".changeset"));
    for (const copy of copies) this.copy(copy);
    for (const link of links) this.link(link, join(REPOSITORY, link));
  }

  get root(): URL {
    return pathToFileURL(`${this.path}/`);
  }

  /** Copies a file or folder of the real repository to the same place. */
  copy(path: string): void {
    cpSync(join(REPOSITORY, path), join(this.path, path), { recursive: true });
  }

  /** Makes a link at a path of this repository. */
  link(path: string, target: string): void {
    const link = join(this.path, path);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
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
    const bin = join(REPOSITORY, "node_modules/.bin");
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

/** Where a package of the real repository has a dependency; undefined where it has none of that name. */
export function installedAt(folder: string, name: string): string | undefined {
  try {
    return realpathSync(join(REPOSITORY, folder, "node_modules", name));
  } catch {
    return undefined;
  }
}

/** A path of the real repository. */
export function inRepository(path: string): string {
  return join(REPOSITORY, path);
}
