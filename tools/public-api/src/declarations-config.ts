import { fileURLToPath } from "node:url";
import type { PublicPackage } from "./public-packages.ts";

const pathOf = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A tsconfig under which the declarations of packages are read, as they are after a build. */
export function declarationsConfig(packages: readonly PublicPackage[]): object {
  return {
    extends: pathOf("tsconfig.base.json"),
    compilerOptions: {
      // What packages import of each other are declarations too, and not sources.
      customConditions: [],
      typeRoots: [pathOf("node_modules/@types")],
      // Nothing is written.
      composite: false,
      declarationMap: false,
      rewriteRelativeImportExtensions: false,
      noEmit: true,
    },
    files: packages.flatMap(({ entryPoints }) =>
      entryPoints.map(({ declarations }) => declarations),
    ),
  };
}
