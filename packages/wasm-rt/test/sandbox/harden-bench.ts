/**
 * What hardening costs when a plugin is loaded, as a ratio to the engine's own validation of the same
 * bytes, and what fuel costs while it runs, as ratios to the module as it came.
 *
 *     pnpm bench --only harden
 */
import { reportFigures, takeTurns } from "@uni/bench";
import { assembleWat, readFixture } from "@uni/fixtures";
import { harden } from "../../src/index.ts";
import { readReal } from "./rewrite/real-modules.ts";

const LIMITS = { memoryPages: 65_536, tableElements: 2 ** 20, heapBytes: 2 ** 28 };
const METERED = { ...LIMITS, fuel: Number.MAX_SAFE_INTEGER };
const LOADS = { rounds: 7, callsPerRound: 1, warmUpRounds: 2 };
const RUNS = { rounds: 10, callsPerRound: 1, warmUpRounds: 3 };

const MODULES = {
  "guest text": readFixture("text"),
  "sql.js": readReal("sqlite"),
  "parquet-wasm": readReal("parquet"),
  "esbuild-wasm": readReal("esbuild"),
  "duckdb-wasm": readReal("duckdb"),
};

/** Exports f of an i32. */
const PROGRAMS = {
  "an arithmetic loop": [
    20_000_000,
    `(func (export "f") (param i32) (result i32) (local i32)
      (loop
        (local.set 1 (i32.xor (i32.mul (local.get 1) (i32.const 1664525))
          (i32.add (local.get 0) (i32.rotl (local.get 1) (i32.const 7)))))
        (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (local.get 1))`,
  ],
  "calls, as in Fibonacci's numbers": [
    32,
    `(func $f (export "f") (param i32) (result i32)
      (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
        (then (local.get 0))
        (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1)))
          (call $f (i32.sub (local.get 0) (i32.const 2)))))))`,
  ],
  "loads and stores": [
    100,
    `(memory 16) (func (export "f") (param i32) (result i32) (local i32)
      (loop $again
        (local.set 1 (i32.const 0))
        (loop $next
          (i32.store (local.get 1)
            (i32.add (i32.load (local.get 1)) (i32.load offset=4 (local.get 1))))
          (br_if $next
            (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 4))) (i32.const 1000000))))
        (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (local.get 1))`,
  ],
  "memory.copy of 0 to 127 bytes": [
    1_000_000,
    `(memory 1) (func (export "f") (param i32) (result i32)
      (loop
        (memory.copy (i32.const 0) (i32.const 1000) (i32.and (local.get 0) (i32.const 127)))
        (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (i32.const 1))`,
  ],
} as const;

for (const [name, bytes] of Object.entries(MODULES)) {
  await takeTurns(
    `rewriting ${name}`,
    [
      { name: "WebAssembly.validate", expected: 1, run: () => Number(WebAssembly.validate(bytes)) },
      { name: "hardened", ...hardening(bytes, LIMITS) },
      { name: "hardened, with fuel", ...hardening(bytes, METERED) },
    ],
    LOADS,
  );
  reportFigures(`size of ${name}`, "bytes", {
    "as it came": bytes.length,
    hardened: harden(bytes, LIMITS).length,
    "hardened, with fuel": harden(bytes, METERED).length,
  });
}

for (const [name, [argument, wat]] of Object.entries(PROGRAMS)) {
  const bytes = await assembleWat(`(module ${wat})`);
  const variants = [
    ["as it came", bytes],
    ["hardened", harden(bytes, LIMITS)],
    ["hardened, with fuel", harden(bytes, METERED)],
  ] as const;
  const runs = variants.map(([variant, code]) => {
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
    return { variant, run: () => (f as (argument: number) => number)(argument) };
  });
  const expected = runs[0]?.run() ?? Number.NaN;
  const cases = runs.map(({ variant, run }) => ({ name: variant, expected, run }));
  await takeTurns(`running ${name}`, cases, RUNS);
}

function hardening(bytes: Uint8Array<ArrayBuffer>, limits: typeof METERED | typeof LIMITS) {
  return { expected: harden(bytes, limits).length, run: () => harden(bytes, limits).length };
}
