import { describe, expect, it } from "vitest";
import { WASI_MODULE, WASI_NAMES } from "../../src/wasi/wasi-imports.ts";
import { Guest } from "./guest.ts";
import { PREVIEW_1 } from "./preview-1.ts";

const OFFICIAL = Object.keys(PREVIEW_1).sort();

describe("the import object", () => {
  it("has the 46 functions of preview 1 and nothing else", () => {
    expect(OFFICIAL).toHaveLength(46);
    expect(WASI_MODULE).toBe("wasi_snapshot_preview1");
    expect([...WASI_NAMES].sort()).toEqual(OFFICIAL);
    const { functions } = new Guest();
    expect(Object.keys(functions).sort()).toEqual(OFFICIAL);
    expect(Object.values(functions).every((imported) => typeof imported === "function")).toBe(true);
  });

  it("has no prototype whose members a module could import", () => {
    const { functions } = new Guest();
    expect(Object.getPrototypeOf(functions)).toBeNull();
    for (const inherited of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      expect(functions[inherited]).toBeUndefined();
    }
  });

  it("is another for every guest, function by function", () => {
    const [one, two] = [new Guest().functions, new Guest().functions];
    for (const name of OFFICIAL) expect(one[name], name).not.toBe(two[name]);
  });
});
