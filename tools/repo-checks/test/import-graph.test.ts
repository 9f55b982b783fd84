import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Import, importsIn, importsOf, packageOf } from "./read/imports-of.ts";
import { tableUnder } from "./read/table-under.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const packages = readdirSync(join(root, "packages"));
const architecture = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const sourceOf = (name: string): Import[] => importsOf(join(root, "packages", name, "src"));
const declaredBy = (name: string): Set<string> => {
  const path = join(root, "packages", name, "package.json");
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
    readFileSync(path, "utf8"),
  );
  return new Set(Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }));
};
const importedBy = (name: string): string[] => {
  const imported = sourceOf(name).flatMap(({ specifier }) => packageOf(specifier) ?? []);
  return [...new Set(imported)].filter((other) => other !== `@uni/${name}`).toSorted();
};

/** What `@duckdb/node-api` brings; at run time it is resolved from there, and only types are named. */
const TYPES_OF_A_DEPENDENCY: Readonly<Record<string, string>> = {
  duckdb: "@duckdb/node-bindings",
};

describe("the packages of ARCHITECTURE.md", () => {
  const table = tableUnder(architecture, "Packages");

  const loaders = packages.filter((name) => name.startsWith("loader-"));
  // A new loader imports what the others do, and needs no row.
  const rowOf = (name: string) => {
    return table.get(name) ?? (loaders.includes(name) ? table.get("loader-core") : undefined);
  };

  it("are those that there are", () => {
    expect(packages.filter((name) => rowOf(name) === undefined)).toEqual([]);
    expect([...table.keys()].filter((name) => !packages.includes(name))).toEqual([]);
  });

  it.each(packages)("%s imports of ours what it says", (name) => {
    const ours = importedBy(name).filter((other) => other.startsWith("@uni/"));
    const [stated = []] = rowOf(name) ?? [];
    expect(ours).toEqual(stated.map((other) => `@uni/${other}`).toSorted());
  });

  it.each(loaders)("%s imports no other loader", (name) => {
    expect(importedBy(name).filter((other) => other.startsWith("@uni/loader-"))).toEqual([]);
  });

  it("have nothing of one format but in its loader", () => {
    const formats = /extism|bytecodealliance|jco/;
    const elsewhere = packages.filter((name) => !loaders.includes(name));
    const found = elsewhere.flatMap((name) => {
      return importedBy(name).filter((other) => !other.startsWith("@uni/") && formats.test(other));
    });
    expect(found).toEqual([]);
  });
});

describe("a package that is installed alone has what it imports:", () => {
  it.each(packages)("%s", (name) => {
    const declared = declaredBy(name);
    const missing = importedBy(name).filter((other) => !declared.has(other));
    expect(missing.filter((other) => other !== TYPES_OF_A_DEPENDENCY[name])).toEqual([]);
  });

  it.each(Object.entries(TYPES_OF_A_DEPENDENCY))("%s takes types alone of %s", (name, other) => {
    const imports = sourceOf(name).filter(({ specifier }) => packageOf(specifier) === other);
    expect(imports).not.toEqual([]);
    expect(imports.filter(({ typesOnly }) => !typesOnly)).toEqual([]);
  });
});

describe("the folders of wasm-rt in ARCHITECTURE.md", () => {
  const folder = join(root, "packages/wasm-rt/src");
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const table = tableUnder(architecture, "Folders of wasm-rt");
  const arrows = importsOf(folder).flatMap(({ file, specifier, typesOnly }) => {
    if (!specifier.startsWith(".")) return [];
    const target = posix.join(posix.dirname(file), specifier);
    const [from = "", to = ""] = [file, target].map((path) => path.split("/")[0]);
    return from !== to && folders.includes(from) ? [{ from, to, typesOnly }] : [];
  });
  const targetsOf = (from: string, typesOnly: boolean): Set<string> => {
    const found = arrows.filter((arrow) => arrow.from === from && arrow.typesOnly === typesOnly);
    return new Set(found.map(({ to }) => to));
  };

  it("are those that there are", () => {
    expect([...table.keys()].toSorted()).toEqual(folders.toSorted());
  });

  it.each(folders)("%s imports what it says", (name) => {
    const atRunTime = targetsOf(name, false);
    const inTypes = [...targetsOf(name, true)].filter((to) => !atRunTime.has(to));
    const stated = (table.get(name) ?? []).map((cell) => cell.toSorted());
    expect([[...atRunTime].toSorted(), inTypes.toSorted()]).toEqual(stated);
  });
});

describe("an import is seen", () => {
  it.each([
    ['import { a, type B } from "x";', "x", false],
    ['import {\n  a,\n  b,\n} from "x";', "x", false],
    ['import a, { b } from "x";', "x", false],
    ['import * as a from "@uni/x/y";', "@uni/x", false],
    ['import "x";', "x", false],
    ['export * from "x";', "x", false],
    ['const a = await import("x");', "x", false],
    ['import type { A } from "x";', "x", true],
    ['import { type A, type B } from "x";', "x", true],
    ['export type { A } from "x";', "x", true],
  ])("in %j", (source, name, typesOnly) => {
    const found = importsIn(`const before = 1;\n${source}\nconst after = 2;\n`, "a.ts");
    expect(found.map((one) => [packageOf(one.specifier), one.typesOnly])).toEqual([
      [name, typesOnly],
    ]);
  });

  it("and an example in a comment is none", () => {
    expect(importsIn('/**\n * import { a } from "x";\n */\n// import "y";\n', "a.ts")).toEqual([]);
  });
});
