import { describe, expect, it } from "vitest";
import { buildGuest, type GuestAbi, type WrapExportsOptions, wrapExports } from "../src/index.ts";
import { sourceFile } from "./source-folder.ts";

const SOURCE = `
let begun = 0;
export function begin(at: i32): void { begun = at; }
export function end(status: i32): f64 { return 100 * begun + status; }
export function wrong(a: i32, b: i64): i32 { return a + <i32>b; }
export function call(): i32 { return 7; }
`;

async function build(options: WrapExportsOptions) {
  const abi: GuestAbi = {
    host: "host",
    libraries: [],
    hasImport: () => false,
    passes: [wrapExports(options)],
  };
  const wasm = await buildGuest({ entry: sourceFile(SOURCE), abi });
  return new Map(Object.entries(new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports));
}

describe("wrapExports", () => {
  it("takes the parameters of the first, and returns the result of the last", async () => {
    const exports = await build({ begin: "begin", end: "end", keep: ["wrong"] });
    expect([...exports.keys()].toSorted()).toEqual(["call", "memory", "wrong"]);
    expect((exports.get("call") as (at: number) => number)(3)).toBe(307);
    expect((exports.get("wrong") as (a: number, b: bigint) => number)(3, 4n)).toBe(7);
  });

  it("says what it misses and what does not fit", async () => {
    await expect(build({ begin: "start", end: "end" })).rejects.toThrow(
      "no function start is exported: have the ABI's library export it, and name its module in the ABI's `exports`",
    );
    await expect(build({ begin: "call", end: "end" })).rejects.toThrow(
      "call is () -> (i32): it has to return nothing",
    );
    await expect(build({ begin: "begin", end: "wrong" })).rejects.toThrow(
      "wrong is (i32, i64) -> (i32): it has to take one i32, the status",
    );
    await expect(build({ begin: "begin", end: "end" })).rejects.toThrow(
      "the export wrong is (i32, i64) -> (i32)",
    );
  });
});
