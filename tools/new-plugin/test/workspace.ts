import { inRepository, installedAt, TemporaryRepository } from "@uni/scaffold/testing";

/** A repository with the packages of the real one, and plugins of its own. */
export class Workspace extends TemporaryRepository {
  constructor() {
    super({
      copies: [
        ...["LICENSE", "biome.json", "package.json", ".gitignore", "vitest.config.ts"],
        ...["tsconfig.json", "tsconfig.base.json"],
      ],
      links: ["node_modules", "packages", "tools"],
    });
  }

  /** Links what a plugin depends on as pnpm would. */
  install(plugin: string): void {
    const { devDependencies } = this.json(`plugins/${plugin}/package.json`);
    for (const name of Object.keys(devDependencies)) {
      this.link(`plugins/${plugin}/node_modules/${name}`, dependency(name));
    }
  }
}

function dependency(name: string): string {
  const [scope, own] = name.split("/");
  if (scope === "@uni") return inRepository(`${own === "guest-kit" ? "tools" : "packages"}/${own}`);
  const path = installedAt("packages/wasm-rt", name);
  if (path === undefined) throw new Error(`packages/wasm-rt has no ${name}, which a plugin needs`);
  return path;
}
