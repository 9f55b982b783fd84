import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../..", import.meta.url));
const OWN = ["plugin", "wasm-rt", "loader-component"] as const;
/** What those depend on, and which of them has it. */
const OTHERS = {
  "apache-arrow": "wasm-rt",
  "p-limit": "loader-component",
  semver: "plugin",
  zod: "plugin",
} as const;

/**
 * Installs the built packages and what they depend on into an empty folder, but not the validator,
 * which is optional.
 *
 * @returns the folder; what runs in it finds the packages.
 */
export function installWithoutValidator(folder: string): string {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@uni"), { recursive: true });
  for (const name of OWN) {
    const from = join(packages, name);
    if (!existsSync(join(from, "dist", "index.js"))) {
      throw new Error(`the package ${name} is not built: run \`pnpm build\``);
    }
    for (const part of ["package.json", "dist"]) {
      cpSync(join(from, part), join(modules, "@uni", name, part), { recursive: true });
    }
  }
  for (const [name, owner] of Object.entries(OTHERS)) {
    symlinkSync(realpathSync(join(packages, owner, "node_modules", name)), join(modules, name));
  }
  return folder;
}

/** Adds a package that takes the validator's place and is of another version. */
export function installStandIn(folder: string, version: string): void {
  const name = "@bytecodealliance/jco-transpile";
  const at = join(folder, "node_modules", name);
  const entry = join(at, "dist", "wasm-tools.js");
  mkdirSync(dirname(entry), { recursive: true });
  const exports = { "./wasm-tools": "./dist/wasm-tools.js" };
  writeFileSync(
    join(at, "package.json"),
    JSON.stringify({ name, version, type: "module", exports }),
  );
  writeFileSync(entry, "export async function componentWit() {}\n");
}
