import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  checkName,
  createFromTemplate,
  format,
  pascalCase,
  ScaffoldError,
  writeChangeset,
} from "@uni/scaffold";

// Of classes that are there: `PluginLoader`, `LoaderError` and so on.
const CLASS_NAMES = ["plugin", "loader", "conforming", "uni", "fn", "ipc", "pool", "harden"];

const TEMPLATE = new URL("../template/", import.meta.url);

/**
 * Writes `packages/loader-NAME` and its changeset, or nothing.
 *
 * @param root of the repository.
 * @throws ScaffoldError for a name that a loader cannot have.
 */
export function newLoader(name: string, root: URL): void {
  const packages = new URL("packages/", root);
  checkLoaderName(name, packages);
  const target = new URL(`loader-${name}/`, packages);
  const pascal = pascalCase(name);
  createFromTemplate({
    template: TEMPLATE,
    target,
    replacements: {
      __name__: name,
      __Name__: pascal,
      __camelName__: `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`,
    },
    finish: (folder) => {
      copyFileSync(new URL("LICENSE", root), join(folder, "LICENSE"));
      format(folder, root);
    },
  });
  try {
    const summary = `\`@uni/loader-${name}\` loads plugins of the format ${name}.`;
    writeChangeset(`@uni/loader-${name}`, summary, { folder: new URL(".changeset/", root) });
  } catch (error) {
    rmSync(target, { recursive: true });
    throw error;
  }
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
