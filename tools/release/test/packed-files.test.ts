import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measureTarball } from "../src/publish/measure-tarball.ts";
import { type PublicPackage, publicPackages } from "../src/publish/public-packages.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What packages have beside their sources and what these compile to. */
const ASSETS: Readonly<Record<string, readonly string[]>> = {
  "loader-component": ["wit/world.wit"],
  "loader-core": [
    "include/uni_arrow.h",
    "include/uni_arrow_builder.h",
    "include/uni_arrow_column.h",
    "include/uni_arrow_read.h",
    "include/uni_arrow_types.h",
    "include/uni_arrow_write.h",
    "include/uni_flatbuffer_read.h",
    "include/uni_flatbuffer_write.h",
    "include/uni_plugin.h",
    "include/uni_utf8.h",
  ],
  // What kernel-bytes.ts is assembled from.
  "loader-extism": ["src/kernel/kernel.wat"],
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(folder, posix.join(entry.parentPath, entry.name)))
    .toSorted();
}

function expectedFiles({ folder, shortName }: PublicPackage): string[] {
  const sources = filesUnder(join(folder, "src")).filter((file) => file.endsWith(".ts"));
  const compiled = sources.flatMap((file) => {
    const name = file.slice(0, -".ts".length);
    return [".js", ".js.map", ".d.ts", ".d.ts.map"].map((ending) => `dist/${name}${ending}`);
  });
  return [
    "LICENSE",
    "README.md",
    "package.json",
    ...(existsSync(join(folder, "CHANGELOG.md")) ? ["CHANGELOG.md"] : []),
    ...sources.map((file) => `src/${file}`),
    ...compiled,
    ...(ASSETS[shortName] ?? []),
  ].toSorted();
}

describe.each(publicPackages(root).map((one) => [one.manifest.name, one] as const))(
  "the tarball of %s",
  (_, one) => {
    let temporary: string;
    let packed: string;
    let files: string[];
    const read = (file: string) => readFileSync(join(packed, file), "utf8");

    beforeAll(() => {
      temporary = mkdtempSync(join(tmpdir(), "uni-packed-"));
      execFileSync("pnpm", ["pack", "--pack-destination", temporary], {
        cwd: one.folder,
        stdio: ["ignore", "ignore", "inherit"],
      });
      const [tarball = ""] = readdirSync(temporary);
      execFileSync("tar", ["-xzf", join(temporary, tarball), "-C", temporary]);
      packed = join(temporary, "package");
      files = filesUnder(packed);
    });
    afterAll(() => rmSync(temporary, { recursive: true }));

    it("has sources, what they compile to, declared assets, and nothing else", () => {
      // A file of dist whose source is gone is left over: remove dist, and build.
      expect(files).toEqual(expectedFiles(one));
    });

    it("has each source that a map names", () => {
      const maps = files.filter((file) => file.endsWith(".map"));
      expect(maps).not.toEqual([]);
      const missing = maps.flatMap((file) => {
        const { sources, sourceRoot = "" } = JSON.parse(read(file));
        const paths = sources.map((source: string) => {
          return posix.join(posix.dirname(file), sourceRoot, source);
        });
        return paths.filter((path: string) => !files.includes(path));
      });
      expect(missing).toEqual([]);
    });

    it("has each file that its manifest points to, and no range of the workspace", () => {
      const manifest = JSON.parse(read("package.json"));
      const { "./package.json": _manifest, ...entries } = manifest.exports;
      const targets = [
        ...Object.values(entries).flatMap((entry) => Object.values(entry as object)),
        ...Object.values(manifest.bin ?? {}),
      ].map((path) => posix.normalize(String(path)));
      expect(targets.filter((path) => !files.includes(path))).toEqual([]);
      const { dependencies, optionalDependencies, peerDependencies } = manifest;
      const ranges = Object.entries<string>({
        ...dependencies,
        ...optionalDependencies,
        ...peerDependencies,
      });
      expect(ranges.filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))).toEqual(
        [],
      );
      const ours = ranges.filter(([name]) => name.startsWith("@uni/"));
      expect(ours.filter(([, range]) => !/^\^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
    });

    it("is measured as what comes out of it", () => {
      const [tarball = ""] = readdirSync(temporary).filter((name) => name.endsWith(".tgz"));
      const bytes = files.reduce((sum, file) => sum + statSync(join(packed, file)).size, 0);
      expect(measureTarball(readFileSync(join(temporary, tarball)))).toEqual({
        files: files.length,
        unpackedBytes: bytes,
      });
    });

    it("has the licence", () => {
      expect(read("LICENSE")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    });

    it("says nothing of the machine that it was made on", () => {
      const places = [root.replace(/\/$/, ""), `${homedir()}/`, "/home/", "/Users/"];
      const telling = files.filter((file) => places.some((place) => read(file).includes(place)));
      expect(telling).toEqual([]);
    });
  },
);
