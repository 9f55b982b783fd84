import { readdirSync, readFileSync } from "node:fs";

const root = new URL("./wit/", import.meta.url);

/** The official WIT of each package of WASI 0.2, by the package's name, such as `wasi:io`. */
export function wasiPackages(): Map<string, string> {
  const folders = readdirSync(new URL("deps/", root), { withFileTypes: true });
  return new Map(
    folders
      .filter((folder) => folder.isDirectory())
      .map(({ name }) => [
        name.replace("-", ":"),
        readFileSync(new URL(`deps/${name}/package.wit`, root), "utf8"),
      ]),
  );
}

/** The WIT of a world that imports all that a component may import of WASI. */
export function worldSource(): string {
  return readFileSync(new URL("world.wit", root), "utf8");
}
