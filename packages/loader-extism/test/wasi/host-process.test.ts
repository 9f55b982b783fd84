import { touchedProcess, usedBySources } from "@uni/loader-tests";
import { describe, expect, it } from "vitest";
import { GuestExit, guestWithPages } from "./guest.ts";
import { PREVIEW_1, parametersOf } from "./preview-1.ts";

const NAMES = Object.keys(PREVIEW_1);

describe("a guest", () => {
  it("reaches nothing of the host's process", () => {
    const touched = touchedProcess(() => {
      const guest = guestWithPages();
      for (const name of NAMES) {
        for (const fd of [0, 1, 2, 3]) {
          const passed = parametersOf(name).map((type) => (type === "i64" ? 1n : fd));
          try {
            expect(guest.call(name, ...passed)).toEqual(expect.any(Number));
          } catch (error) {
            expect(error).toBeInstanceOf(GuestExit);
          }
        }
      }
    });
    expect(touched).toEqual([]);
  });

  it("is served by sources that import random bytes of Node.js and nothing else", () => {
    expect(usedBySources(new URL("../../src/wasi/", import.meta.url))).toEqual({
      modules: ["@uni/wasm-rt/guest", "node:crypto"],
      ofProcess: ["hrtime"],
      escapes: [],
    });
  });
});
