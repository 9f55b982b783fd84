import { afterEach, describe, expect, it, vi } from "vitest";
import { Guest } from "./guest.ts";

describe("the environment", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("has no variables, no arguments and no directory", () => {
    vi.stubEnv("UNI_SECRET", "swordfish");
    const guest = new Guest();
    expect(guest.call("wasi:cli/environment#get-environment")).toEqual([]);
    expect(guest.call("wasi:cli/environment#get-arguments")).toEqual([]);
    expect(guest.call("wasi:cli/environment#initial-cwd")).toEqual({ tag: "none" });
  });

  it("has no terminal", () => {
    const guest = new Guest();
    for (const stream of ["stdin", "stdout", "stderr"]) {
      const name = `wasi:cli/terminal-${stream}#get-terminal-${stream}`;
      expect(guest.call(name)).toEqual({ tag: "none" });
    }
  });

  it("has no files", () => {
    const guest = new Guest();
    expect(guest.call("wasi:filesystem/preopens#get-directories")).toEqual([]);
    expect(guest.call("wasi:filesystem/types#filesystem-error-code", {})).toEqual({ tag: "none" });
  });
});

describe("a guest that exits", () => {
  it.each([
    ["exit", { tag: "ok" }, 0],
    ["exit", { tag: "err" }, 1],
    ["exit-with-code", 0, 0],
    ["exit-with-code", 7, 7],
    ["exit-with-code", 255, 255],
  ])("with %s(%j) tells its host %i", (name, status, code) => {
    expect(() => new Guest().call(`wasi:cli/exit#${name}`, status)).toThrow(
      expect.objectContaining({ name: "Error", code }),
    );
  });

  it.each([
    ["exit", { tag: "err" }],
    ["exit-with-code", 3],
  ])("with %s has all of its output shown first", (name, status) => {
    const guest = new Guest();
    guest.print(guest.stderr(), Uint8Array.of(0x61, 0xe2, 0x82));
    expect(() => guest.call(`wasi:cli/exit#${name}`, status)).toThrow("exited with");
    expect(guest.written).toEqual([
      ["stderr", "a"],
      ["stderr", "\ufffd"],
    ]);
  });
});
