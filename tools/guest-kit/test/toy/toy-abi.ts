import { join } from "node:path";
import { type GuestAbi, wrapExports } from "../../src/index.ts";

/** An ABI that the kit knows nothing of: a call takes an address and a length, and returns an i64. */
export const toyAbi: GuestAbi = {
  host: "toy",
  libraries: [join(import.meta.dirname, "assembly")],
  abort: "uni/abi/abort",
  exports: ["uni/abi/exports"],
  hasImport: ({ module }) => module === "toy",
  passes: [wrapExports({ begin: "toy_begin", end: "toy_end", keep: ["toy_alloc"] })],
};
