import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { GuestExit, guestWithPages } from "./guest.ts";
import { PREVIEW_1, parametersOf } from "./preview-1.ts";

const NAMES = Object.keys(PREVIEW_1);

describe("a guest", () => {
  afterEach(() => vi.restoreAllMocks());

  it("reaches nothing of the host's process", () => {
    const { exitCode } = process;
    const [env, cwd, argv] = [{ ...process.env }, process.cwd(), [...process.argv]];
    const spies = [
      vi.spyOn(process.stdout, "write"),
      vi.spyOn(process.stderr, "write"),
      vi.spyOn(process.stdin, "read"),
      vi.spyOn(process, "exit"),
      vi.spyOn(process, "kill"),
      vi.spyOn(process, "abort"),
      vi.spyOn(process, "chdir"),
    ];
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
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    expect(process.exitCode).toBe(exitCode);
    expect([{ ...process.env }, process.cwd(), [...process.argv]]).toEqual([env, cwd, argv]);
  });

  it("is served by sources that import random bytes of Node.js and nothing else", () => {
    const folder = new URL("../../src/wasi/", import.meta.url);
    const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const imported = sources.flatMap((source) => [
      ...source.matchAll(/(?:\bfrom|\bimport|\brequire)[\s(]*"([^"]*)"/g),
    ]);
    const foreign = imported.map(([, name = ""]) => name).filter((name) => !name.startsWith("./"));
    expect(foreign.sort()).toEqual(["@uni/wasm-rt/guest", "node:crypto"]);
    const used = sources.flatMap((source) => [...source.matchAll(/\bprocess\.(\w+)/g)]);
    expect(new Set(used.map(([, member]) => member))).toEqual(new Set(["hrtime"]));
    expect(sources.join("")).not.toMatch(/globalThis|\beval\b|\bFunction\(|import\(|import\.meta/);
  });
});
