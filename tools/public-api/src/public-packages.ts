import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One of the `exports` of a package. */
export interface EntryPoint {
  /** What it is imported as. */
  readonly specifier: string;
  /** `index` for `.`, and `errors` for `./errors`. */
  readonly name: string;
  /** The file of its types. */
  readonly declarations: string;
}

export interface PublicPackage {
  readonly name: string;
  readonly folder: string;
  readonly entryPoints: readonly EntryPoint[];
}

interface PackageJson {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/** What is published of a repository's `packages`, by folder. */
export function publicPackages(root: string): PublicPackage[] {
  return readdirSync(join(root, "packages"))
    .toSorted()
    .flatMap((name) => publicPackage(join(root, "packages", name)));
}

function publicPackage(folder: string): PublicPackage[] {
  // `lint:package` has publint hold package.json to this.
  const json = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;
  if (json.private) return [];
  const entryPoints = Object.entries(json.exports).flatMap(([subpath, target]) => {
    // What has no conditions has no types, such as package.json itself.
    if (typeof target === "string") return [];
    const path = subpath.slice("./".length);
    return {
      specifier: path === "" ? json.name : `${json.name}/${path}`,
      name: path === "" ? "index" : path.replaceAll("/", "-"),
      declarations: join(folder, target.types),
    };
  });
  return [{ name: json.name, folder, entryPoints }];
}
