import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type FixtureName, readFixture } from "@uni/fixtures";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { harden, instantiateHardened } from "../../../src/index.ts";
import { packages, REAL_MODULES, type RealModule, readReal } from "./real-modules.ts";
import { recordedHost } from "./recorded-host.ts";

// DuckDB imports a memory that its host makes this large.
const LIMITS = { memoryPages: 65_536, tableElements: 2 ** 20, heapBytes: 2 ** 28 };
const METERED = { ...LIMITS, fuel: Number.MAX_SAFE_INTEGER };
const SHAPES = [
  ["without fuel", LIMITS],
  ["with fuel", METERED],
] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "uni-real-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const GUESTS: readonly FixtureName[] = ["geo", "stats", "stateful", "text", "vec", "probe"];

describe.each(GUESTS)("the guest %s", (name) => {
  it.each(SHAPES)("asks the same of its host and gives the same back, %s", (_what, limits) => {
    const trace = (bytes: Uint8Array<ArrayBuffer>) => {
      const module = new WebAssembly.Module(bytes);
      const { imports, calls } = recordedHost(module);
      // As it came, the start function has run by then; rewritten, it runs here.
      const { exports } = instantiateHardened(module, imports);
      const results = ["manifest", "register"].map((call) => (exports[call] as () => number)());
      return { calls, results };
    };
    const before = trace(readFixture(name));
    expect(before.calls.length).toBeGreaterThan(10);
    expect(trace(harden(readFixture(name), limits))).toEqual(before);
  });
});

/** What a module gives that is not rewritten, worked out once. */
function ofOriginal<T>(name: RealModule, run: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>) {
  let result: Promise<T> | undefined;
  return {
    run,
    get expected() {
      result ??= run(readReal(name));
      return result;
    },
  };
}

const sqlite = ofOriginal("sqlite", async (wasmBinary) => {
  // The package has no types.
  const open = packages("sql.js") as (
    options: object,
  ) => Promise<{ Database: new () => SqlDatabase }>;
  const { Database } = await open({ wasmBinary });
  const database = new Database();
  database.run("create table t (x integer, y text)");
  database.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
    insert into t select i, printf('row %d of %.3f', i, i / 7.0) from n`);
  const rows = database.exec("select count(*), sum(x), max(y), group_concat(y, ',') from t");
  return [rows, database.export()];
});

const parquet = ofOriginal("parquet", async (module) => {
  const text = Array.from({ length: 5000 }, (_, i) => `row ${i % 100}`);
  const x = Float64Array.from(text, (_, i) => i / 3);
  const stream = tableToIPC(tableFromArrays({ x, text }));
  // The package has one instance for each copy of its code.
  const code = pathToFileURL(packages.resolve("parquet-wasm/esm/parquet_wasm.js"));
  const url = `${code.href}?${module.length}`;
  const { initSync, readParquet, Table, writeParquet }: typeof import("parquet-wasm/esm") =
    await import(url);
  initSync({ module });
  const file = writeParquet(Table.fromIPCStream(stream));
  return { file, back: readParquet(file).intoIPCStream() };
});

const esbuild = ofOriginal("esbuild", async (bytes) => {
  const copy = join(folder, `esbuild ${bytes.length}`);
  cpSync(dirname(packages.resolve(REAL_MODULES.esbuild)), copy, { recursive: true });
  writeFileSync(join(copy, "esbuild.wasm"), bytes);
  const source = `export const answer: number = [1, 2].map((x) => x ** 2)?.[0] ?? 42;
    export class A { #x = 1; static { console.log(import.meta.url) } get x() { return this.#x } }`;
  const flags = ["--loader=ts", "--target=es2019", "--minify", "--log-level=error"];
  return await output([join(copy, "bin/esbuild"), ...flags], source);
});

const duckdb = ofOriginal("duckdb", async (bytes) => {
  const path = join(folder, `duckdb ${bytes.length}.wasm`);
  writeFileSync(path, bytes);
  const child = fileURLToPath(new URL("run-duckdb.worker.ts", import.meta.url));
  const sql = `select i % 7 as g, count(*), sum(i * 1.5), max(md5(i::varchar))
    from range(20000) t(i) group by g order by g`;
  return await output([...process.execArgv, child, path, sql], "");
});

/** What Node.js prints that is started with these arguments. */
async function output(args: readonly string[], input: string): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "ignore"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  child.stdin.end(input);
  const status = await new Promise((resolve) => child.on("close", resolve));
  expect(status).toBe(0);
  return text;
}

describe.each(SHAPES)("rewritten %s", (_what, limits) => {
  it("SQLite, of C, answers the same", async () => {
    expect(await sqlite.run(harden(readReal("sqlite"), limits))).toEqual(await sqlite.expected);
  });

  it("Parquet, of Rust, writes and reads the same", async () => {
    expect(await parquet.run(harden(readReal("parquet"), limits))).toEqual(await parquet.expected);
    expect((await parquet.expected).file.length).toBeGreaterThan(10_000);
  });
});

// These take seconds, and metered code is guarded in every other way too.
describe("rewritten with fuel", { timeout: 120_000 }, () => {
  it("esbuild, of Go, builds the same", async () => {
    const { expected } = esbuild;
    expect(await esbuild.run(harden(readReal("esbuild"), METERED))).toBe(await expected);
    expect(await expected).toContain("WeakMap");
  });

  it("DuckDB, of C++ with exceptions, answers the same", async () => {
    const { expected } = duckdb;
    expect(await duckdb.run(harden(readReal("duckdb"), METERED))).toBe(await expected);
    expect(await expected).toMatch(/"g": 6[\s\S]*Binder Error/);
  });
});

interface SqlDatabase {
  run(sql: string): void;
  exec(sql: string): unknown;
  export(): Uint8Array;
}
