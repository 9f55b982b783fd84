import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ROOT } from "../read/tracked-files.ts";
import { codeOf, commandOf } from "./plugin-page.ts";

/** A plugin of the page in a language whose compiler not every machine has. */
export interface CompiledPlugin {
  readonly language: string;
  readonly source: string;
  readonly compiler: string;
  /** Succeeds where the compiler, and what it calls, can make WebAssembly. */
  readonly probe: string;
}

export const COMPILED_PLUGINS: readonly CompiledPlugin[] = [
  {
    language: "C",
    source: "celsius.c",
    compiler: "clang",
    probe: "clang --print-targets | grep -q wasm32 && wasm-ld --version",
  },
  {
    language: "Rust",
    source: "celsius.rs",
    compiler: "rustc",
    probe:
      'test -n "$(ls "$(rustc --print target-libdir --target wasm32-unknown-unknown)"/libstd-*)"',
  },
];

/** Where the module that was built is kept, and what it was built of. */
export const keptModule = ({ source }: CompiledPlugin): URL =>
  new URL(`${source}.wasm`, import.meta.url);
export const keptHashes = ({ source }: CompiledPlugin): URL =>
  new URL(`${source}.wasm.json`, import.meta.url);

export function hashOf(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What a module of the plugin depends on. */
export function inputsOf({ source, compiler }: CompiledPlugin): string {
  return hashOf(`${codeOf(source)}\n${commandOf(compiler)}`);
}

/** Runs the page's command on the page's code; undefined where no compiler can. */
export function compile({ source, compiler, probe }: CompiledPlugin): Uint8Array | undefined {
  const path = pathWith(probe);
  if (path === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "uni-documented-"));
  try {
    writeFileSync(join(folder, source), codeOf(source));
    mkdirSync(join(folder, "node_modules/@uni"), { recursive: true });
    const installed = join(folder, "node_modules/@uni/loader-core");
    symlinkSync(join(ROOT, "packages/loader-core"), installed);
    const { status, stderr } = run(commandOf(compiler), path, folder);
    if (status !== 0) throw new Error(`expected ${compiler} to compile ${source}, got: ${stderr}`);
    return new Uint8Array(readFileSync(join(folder, "celsius.wasm")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The search path, with that folder in front whose compiler can: the first one need not. */
function pathWith(probe: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = folders.map((folder) => [folder, ...folders].join(delimiter));
  return paths.find((path) => run(probe, path).status === 0);
}

function run(command: string, path: string, cwd?: string) {
  return spawnSync("sh", ["-c", command], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH: path },
  });
}
