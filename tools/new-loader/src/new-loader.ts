import { readdirSync } from "node:fs";
import { checkName, createPackage, pascalCase, ScaffoldError } from "@uni/scaffold";

// Of classes that are there: `PluginLoader`, `LoaderError` and so on.
const CLASS_NAMES = ["plugin", "loader", "conforming", "uni", "fn", "ipc", "pool", "harden"];

const TEMPLATE = new URL("../template/", import.meta.url);

/**
 * Writes `packages/loader-NAME` and its changeset, or nothing.
 *
 * @param root of the repository.
 * @throws ScaffoldError for a name that a loader cannot have; the reason of the signal.
 */
export async function newLoader(name: string, root: URL, signal?: AbortSignal): Promise<void> {
  const packages = new URL("packages/", root);
  checkLoaderName(name, packages);
  const pascal = pascalCase(name);
  await createPackage({
    name: `@uni/loader-${name}`,
    summary: `\`@uni/loader-${name}\` loads plugins of the format ${name}.`,
    template: TEMPLATE,
    target: new URL(`loader-${name}/`, packages),
    replacements: {
      __name__: name,
      __Name__: pascal,
      __camelName__: `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`,
    },
    root,
    signal,
  });
}

function checkLoaderName(name: string, packages: URL): void {
  const [, rest] = /^loader-(.*)$/.exec(name) ?? [];
  if (rest !== undefined) {
    throw new ScaffoldError(
      `expected the name of a format, got ${JSON.stringify(name)}; leave out "loader-"`,
    );
  }
  const loaders = readdirSync(packages)
    .filter((folder) => folder.startsWith("loader-"))
    .map((folder) => folder.slice("loader-".length));
  checkName(name, { what: "loader", reserved: [...CLASS_NAMES, ...loaders] });
}
