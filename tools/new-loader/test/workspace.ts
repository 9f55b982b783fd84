import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRepository, installedAt, TemporaryRepository } from "@uni/scaffold/testing";

// What a new loader depends on. Copies, because `tsc -b` builds what a project references.
const COPIES = ["packages/plugin", "packages/wasm-rt", "packages/conformance"];

/** A small repository beside the real one, whose packages other tests read. */
export class Workspace extends TemporaryRepository {
  constructor() {
    super({
      copies: [
        ...["LICENSE", "biome.json", "knip.json", "pnpm-workspace.yaml", ".gitignore"],
        ...["tsconfig.json", "tsconfig.base.json"],
      ],
      links: ["node_modules", "tools/fixtures", "tools/remove-leftovers.mjs", "tools/ts-hook"],
    });
    mkdirSync(join(this.path, "packages"));
    const { devDependencies } = JSON.parse(readFileSync(inRepository("package.json"), "utf8"));
    const root = { name: "workspace", private: true, type: "module", devDependencies };
    writeFileSync(join(this.path, "package.json"), JSON.stringify(root));
  }

  /** Puts there what a new loader depends on. */
  addDependencies(): void {
    for (const copy of COPIES) {
      for (const part of ["package.json", "tsconfig.json", "src"]) this.copy(`${copy}/${part}`);
    }
    for (const copy of COPIES) this.install(copy);
  }

  /** Links the dependencies of a package as pnpm would. */
  install(folder: string): void {
    const { dependencies, devDependencies } = this.json(`${folder}/package.json`);
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const target =
        this.#own(name) ?? installedAt(folder, name) ?? installedAt("packages/wasm-rt", name);
      if (target !== undefined) this.link(`${folder}/node_modules/${name}`, target);
    }
  }

  #own(name: string): string | undefined {
    if (!name.startsWith("@uni/")) return undefined;
    return ["packages", "tools"]
      .map((where) => join(this.path, where, name.replace("@uni/", "")))
      .find((path) => existsSync(path));
  }
}
