import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFromTemplate, ScaffoldError, writeChangeset } from "../src/index.ts";

let folder: string;
let root: URL;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "uni-scaffold-"));
  root = pathToFileURL(`${folder}/`);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Makes `made` from files by their names. */
async function make(
  files: Record<string, string | Uint8Array>,
  options: object = {},
): Promise<void> {
  mkdirSync(join(folder, "template/sub"), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, "template", name), content);
  }
  const replacements = { __name__: "geo", __Name__: "Geo" };
  await createFromTemplate({
    template: new URL("template/", root),
    target: new URL("made/", root),
    replacements,
    ...options,
  });
}

const made = (name: string) => readFileSync(join(folder, "made", name), "utf8");

describe("a folder made from a template", () => {
  it("has what stands for placeholders in contents and in names", async () => {
    await make({ "sub/__name__-of-__name__.ts": "class __Name__ {} // __name__" });
    expect(made("sub/geo-of-geo.ts")).toBe("class Geo {} // geo");
  });

  it("has nothing replaced in what was put in, and the longest placeholder first", async () => {
    await make({ a: "NAMES NAME" }, { replacements: { NAME: "NAMES", NAMES: "$& NAME" } });
    expect(made("a")).toBe("$& NAME NAMES");
  });

  it("has files without the underscore in front that hid them, and no placeholder taken for one", async () => {
    await make({ "_package.json": "{}", "sub/_tsconfig.json": "{}", "__name__.ts": "", a_b: "" });
    expect(readdirSync(join(folder, "made")).toSorted()).toEqual([
      "a_b",
      "geo.ts",
      "package.json",
      "sub",
    ]);
    expect(made("sub/tsconfig.json")).toBe("{}");
  });

  it("has binary files as they are", async () => {
    const bytes = new TextEncoder().encode("\0__name__").with(0, 0);
    await make({ "a.wasm": Uint8Array.of(...bytes, 0xff) });
    expect([...readFileSync(join(folder, "made/a.wasm"))]).toEqual([...bytes, 0xff]);
  });

  it("is finished before it is there", async () => {
    const finish = (copy: string) => {
      expect(readdirSync(folder)).not.toContain("made");
      writeFileSync(join(copy, "more"), "");
    };
    await make({ a: "" }, { finish });
    expect(readdirSync(join(folder, "made")).toSorted()).toEqual(["a", "more", "sub"]);
    expect(readdirSync(folder).toSorted()).toEqual(["made", "template"]);
  });
});

describe("nothing is left behind", () => {
  it("where the target is there", async () => {
    mkdirSync(join(folder, "made"));
    await expect(make({ a: "" })).rejects.toThrow(ScaffoldError);
    await expect(make({ a: "" })).rejects.toThrow(
      /made exists already; remove it, or take another name$/,
    );
    expect(readdirSync(join(folder, "made"))).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(["made", "template"]);
  });

  it("where the target came meanwhile", async () => {
    const finish = () => mkdirSync(join(folder, "made"));
    await expect(make({ a: "" }, { finish })).rejects.toThrow(/exists already/);
    expect(readdirSync(join(folder, "made"))).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(["made", "template"]);
  });

  it("where copying or finishing fails", async () => {
    await expect(make({ __name__: "", geo: "" })).rejects.toThrow(/EEXIST/);
    const finish = () => {
      throw new Error("no");
    };
    rmSync(join(folder, "template/geo"));
    await expect(make({}, { finish })).rejects.toThrow("no");
    expect(readdirSync(folder)).toEqual(["template"]);
  });
});

describe("a changeset", () => {
  it("is written once", () => {
    const file = writeChangeset("@uni/geo", "Distances.", { folder: root });
    expect(file).toBe(join(folder, "new-geo.md"));
    const content = '---\n"@uni/geo": minor\n---\n\nDistances.\n';
    expect(readFileSync(file, "utf8")).toBe(content);
    expect(() => writeChangeset("@uni/geo", "Again.", { folder: root })).toThrow(
      /new-geo\.md exists already/,
    );
    expect(readFileSync(file, "utf8")).toBe(content);
  });
});
