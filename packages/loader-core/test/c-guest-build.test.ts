import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type BuildDescription,
  buildC,
  COMPILE_FLAGS,
  findToolchain,
  guestSources,
  LINK_FLAGS,
  sha256,
  sourceHashes,
} from "../guests/build-c.mjs";

const sources = guestSources();

it("finds the guests", () => {
  expect(sources.map((path) => basename(path))).toEqual(["echo.c", "text_distance.c"]);
});

describe.each(sources.map((path) => [basename(path), path]))("the module of %s", (name, source) => {
  const path = source.replace(/\.c$/, ".wasm");
  const wasm = new Uint8Array(readFileSync(path));
  const description = JSON.parse(readFileSync(`${path}.json`, "utf8")) as BuildDescription;
  const toolchain = findToolchain(description);

  // Without this compiler, too: a source that was changed and not built is found by its hash.
  it("was made of these sources with these flags", () => {
    expect(description.sources).toEqual(sourceHashes(source));
    expect(description.flags).toEqual([...COMPILE_FLAGS, ...LINK_FLAGS]);
    expect(description.wasm).toBe(sha256(wasm));
  });

  it.runIf(toolchain)("is what the compiler gives that made it", () => {
    expect(sha256(buildC(source, toolchain) ?? "")).toBe(description.wasm);
  });

  it.runIf(toolchain)("is the same from another folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "uni-c-guest-"));
    try {
      const copy = join(folder, "deeper", name);
      mkdirSync(join(folder, "deeper"));
      copyFileSync(source, copy);
      expect(sha256(buildC(copy, toolchain) ?? "")).toBe(description.wasm);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has no names, paths or custom sections", () => {
    const module = new WebAssembly.Module(wasm);
    for (const section of ["name", "producers", "target_features", "build_id"])
      expect(WebAssembly.Module.customSections(module, section)).toEqual([]);
    expect(Buffer.from(wasm).includes(".h\0")).toBe(false);
    expect(Buffer.from(wasm).includes(".c\0")).toBe(false);
  });
});
