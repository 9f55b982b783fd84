import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Import {
  /** The file that imports, from the folder that was asked about. */
  readonly file: string;
  readonly specifier: string;
  /** Gone once it is compiled: an import of types alone. */
  readonly typesOnly: boolean;
}

// Biome's format is what makes this simple: a statement starts its line, and quotes are double.
const STATEMENT =
  /^(?:import|export)\s+(type\s+)?(?:(\{[^}]*\}|[\w$*][^"';{]*(?:\{[^}]*\})?)\s*from\s+)?"([^"]+)"/gm;
// `import("…")`, as a type too, and the modules that threads are started with.
const EXPRESSION = /(?:\bimport\(\s*|\bnew URL\(\s*(?="\.))"([^"]+)"/g;

const namesTypesOnly = (names: string): boolean => /^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(names);

export function importsOf(folder: string): Import[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => importsIn(readFileSync(join(folder, file), "utf8"), file));
}

export function importsIn(source: string, file: string): Import[] {
  // An example in a comment imports nothing.
  const code = source.replace(/^\s*(?:\/\*\*[\s\S]*?\*\/|\/\/.*)$/gm, "");
  const statements = [...code.matchAll(STATEMENT)].map(([, type, names = "", specifier = ""]) => {
    return { file, specifier, typesOnly: type !== undefined || namesTypesOnly(names) };
  });
  const expressions = [...code.matchAll(EXPRESSION)].map(([, specifier = ""]) => {
    return { file, specifier, typesOnly: false };
  });
  return [...statements, ...expressions];
}

/** `@uni/plugin/errors` is of the package `@uni/plugin`; what Node.js has, and files, are of none. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
