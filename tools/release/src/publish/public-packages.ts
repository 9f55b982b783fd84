import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface PublicPackage {
  /** `loader-core` of `@uni/loader-core`. */
  readonly shortName: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The packages of a workspace that a release publishes. */
export function publicPackages(root: string): PublicPackage[] {
  const found = ["packages", "plugins"]
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => {
      // The package manager has read this file as such.
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      return { shortName: manifest.name.replace(/^.*\//, ""), folder, manifest };
    })
    .filter(({ manifest }) => manifest.private !== true);
  if (found.length === 0) throw new Error(`expected public packages in ${root}, found none`);
  return found;
}
