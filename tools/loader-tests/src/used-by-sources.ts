import { readdirSync, readFileSync } from "node:fs";

/** What the sources of a folder reach beyond themselves. */
export interface UsedBySources {
  /** Modules that are not files beside them, sorted. */
  readonly modules: readonly string[];
  /** Members of `process`, sorted. */
  readonly ofProcess: readonly string[];
  /** Ways to everything else: `eval` and the like. */
  readonly escapes: readonly string[];
}

const IMPORT = /(?:\bfrom|\bimport|\brequire)[\s(]*"([^"]*)"/g;
const ESCAPE = /globalThis|\beval\b|\bFunction\(|import\(|import\.meta/g;

export function usedBySources(folder: URL): UsedBySources {
  const files = readdirSync(folder);
  const text = files.map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");
  const found = (pattern: RegExp) => [
    ...new Set([...text.matchAll(pattern)].map(([all, part = all]) => part)),
  ];
  return {
    modules: found(IMPORT)
      .filter((name) => !/^\.\.?\//.test(name))
      .sort(),
    ofProcess: found(/\bprocess\.(\w+)/g).sort(),
    escapes: found(ESCAPE),
  };
}
