import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = new URL("../../../packages/", import.meta.url);
const SUBPATHS: Readonly<Record<string, string>> = {
  "@uni/plugin/errors": "plugin/src/errors/index.ts",
  "@uni/wasm-rt/guest": "wasm-rt/src/guest.ts",
};

/** Every module that is loaded with this one, other packages by their names. */
function loadedWith(entry: string): Set<string> {
  const seen = new Set<string>();
  const visit = (url: URL) => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    const source = readFileSync(fileURLToPath(url), "utf8");
    // An import of types alone is gone once it is compiled, whether all or one of them says `type`.
    const statements = source.matchAll(
      /^(?:import|export) (?!type )(\{[^}]*\}|\*[^"]*|\w+) from "([^"]+)";/gm,
    );
    for (const [, names = "", specifier = ""] of statements) {
      if (/^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(names)) continue;
      const target = SUBPATHS[specifier];
      if (specifier.startsWith(".")) visit(new URL(specifier, url));
      else if (target !== undefined) visit(new URL(target, root));
      else seen.add(specifier);
    }
  };
  visit(new URL(entry, root));
  return new Set([...seen].filter((name) => !name.startsWith("file:")));
}

const guestModules = readdirSync(root)
  .map((name) => `${name}/src/guest.ts`)
  .filter((path) => existsSync(new URL(path, root)));

describe("what is loaded on every thread of guests is free of Arrow, schemas and pipeline:", () => {
  it.each([
    "plugin/src/errors/index.ts",
    // What every loader's guests stand on, and those of every loader.
    ...guestModules,
  ])("%s", (entry) => {
    const packages = [...loadedWith(entry)].filter((name) => !name.startsWith("node:"));
    expect(packages).toEqual([]);
  });

  it("is seen where it is not", () => {
    expect(loadedWith("wasm-rt/src/index.ts")).toContain("apache-arrow");
    expect(loadedWith("plugin/src/index.ts")).toContain("zod");
  });
});

describe("the thread that validates components", () => {
  it("loads the validator, and of ours neither Arrow nor schemas", () => {
    const loaded = loadedWith("loader-component/src/translate/translate-worker.ts");
    expect([...loaded].filter((name) => !name.startsWith("node:"))).toEqual([]);
  });
});
