import { describe, expect, it } from "vitest";
import { WASI, WASI_DENIED } from "../../src/wasi/wasi.ts";
import { wasiWorld } from "./wasi-world.ts";
import { witSignatures } from "./wit-signatures.ts";

const OFFICIAL = witSignatures(
  "wasi:cli",
  "wasi:clocks",
  "wasi:filesystem",
  "wasi:io",
  "wasi:random",
);

/** Official functions that take a handle which no guest can have, by what their names begin with. */
const NOT_PROVIDED = ["[method]error.", "[method]descriptor.", "[method]directory-entry-stream."];

const provided = [...WASI].flatMap(([name, functions]) =>
  Object.entries(functions).map(([imported, { signature }]) => ({ name, imported, signature })),
);

describe("the table of WASI", () => {
  it.each(provided)("has $name $imported as the official WIT has it", (entry) => {
    expect(entry.signature).toBe(OFFICIAL.get(entry.name)?.get(entry.imported));
  });

  it.each([...WASI])("has all of %s that takes no handle which nobody has", (name, functions) => {
    const official = [...(OFFICIAL.get(name)?.keys() ?? ["no such interface"])];
    const possible = official.filter(
      (imported) => !NOT_PROVIDED.some((prefix) => imported.startsWith(prefix)),
    );
    expect(Object.keys(functions).sort()).toEqual(possible.sort());
  });

  it("has what a command of 0.2 may import, and neither sockets nor time zones", () => {
    const left = [...OFFICIAL.keys()].filter((name) => !WASI.has(name));
    expect(left.sort()).toEqual(["wasi:cli/run", "wasi:clocks/timezone"]);
    expect([...WASI.keys(), ...WASI_DENIED].filter((name) => name.includes("sockets"))).toEqual([]);
  });

  it("provides nothing of what it denies", () => {
    expect([...WASI_DENIED].sort()).toEqual(["wasi:http/outgoing-handler", "wasi:http/types"]);
    for (const name of WASI_DENIED) expect(WASI.has(name)).toBe(false);
  });

  it("has no prototype whose members a component could import, and cannot be changed", () => {
    for (const functions of WASI.values()) {
      expect(Object.getPrototypeOf(functions)).toBeNull();
      expect(Object.isFrozen(functions)).toBe(true);
      for (const inherited of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
        expect(functions[inherited]).toBeUndefined();
      }
    }
  });
});

describe("the world of these tests", () => {
  it.each(["0.2.0", "0.2.12"])("is a component that imports all of it, at %s", async (version) => {
    const component = await wasiWorld(version);
    // The preamble of a component: its version is 13, its layer 1 (component model, Binary.md).
    expect([...component.subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
    const text = Buffer.from(component).toString("latin1");
    for (const name of [...WASI.keys(), ...WASI_DENIED])
      expect(text).toContain(`${name}@${version}`);
    for (const { imported } of provided) expect(text).toContain(imported);
  });
});
