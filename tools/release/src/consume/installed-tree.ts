import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "../publish/public-packages.ts";

export interface InstalledTree {
  /** Of each package its name; one that is there twice is there twice. */
  readonly names: readonly string[];
  readonly bytes: number;
}

/** What `npm install` has put into a project. */
export async function installedTree(project: string): Promise<InstalledTree> {
  const modules = join(project, "node_modules");
  // npm's own list of what is in this folder.
  const { packages } = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8")) as {
    packages: Record<string, unknown>;
  };
  const names = Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ""));
  const entries = await readdir(modules, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return { names, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/**
 * The packages of a tree that nobody has asked for: packages of ours that do not follow from what was
 * named, what these alone depend on, and optional peers.
 *
 * @param named the packages of the command that installed the tree.
 */
export function strangersIn(
  installed: readonly string[],
  named: readonly string[],
  manifests: readonly Manifest[],
): string[] {
  const ours = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  const asked = new Set<string>();
  const ask = (name: string) => {
    if (asked.has(name)) return;
    asked.add(name);
    const manifest = ours.get(name);
    for (const other of Object.keys(allDependencies(manifest))) {
      if (manifest?.peerDependenciesMeta?.[other]?.optional !== true) ask(other);
    }
  };
  for (const name of named) ask(name);
  const strangers = new Set(
    manifests
      .flatMap((manifest) => [manifest.name, ...Object.keys(allDependencies(manifest))])
      .filter((name) => !asked.has(name)),
  );
  return [...new Set(installed.filter((name) => strangers.has(name)))].toSorted();
}

function allDependencies(manifest: Manifest | undefined): Readonly<Record<string, string>> {
  return {
    ...manifest?.dependencies,
    ...manifest?.optionalDependencies,
    ...manifest?.peerDependencies,
  };
}
