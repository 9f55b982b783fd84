import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Resolves what is not code of a package. */
export const packages: NodeJS.Require = createRequire(import.meta.url);

/** Modules of packages: of C++ by Emscripten, of Go, and of Rust. */
export const REAL_MODULES = {
  sqlite: "sql.js/dist/sql-wasm.wasm",
  parquet: "parquet-wasm/esm/parquet_wasm_bg.wasm",
  esbuild: "esbuild-wasm/esbuild.wasm",
  duckdb: "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm",
} as const;

export type RealModule = keyof typeof REAL_MODULES;

export function readReal(name: RealModule): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(packages.resolve(REAL_MODULES[name])));
}
