import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publicPackages } from "../src/public-packages.ts";
import { writeReference } from "../src/reference/write-reference.ts";
import { DeclaredPackage } from "./declared-package.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

let work = "";
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "uni-reference-"));
});
afterEach(() => rmSync(work, { recursive: true }));

function modulesIn(html: string): string[] {
  const pages = readdirSync(join(html, "modules")).map((name) => join(html, "modules", name));
  return pages.flatMap((page) => {
    const [, title] = /<title>([^|]*) \|/.exec(readFileSync(page, "utf8")) ?? [];
    return title ?? [];
  });
}

it("the reference has every entry point, and nothing to complain about", {
  timeout: 300_000,
}, async () => {
  const packages = publicPackages(root);
  const html = join(work, "html");
  expect((await writeReference(packages, html)).join("\n")).toBe("");
  const specifiers = packages.flatMap(({ entryPoints }) =>
    entryPoints.map(({ specifier }) => specifier),
  );
  expect(modulesIn(html).toSorted()).toEqual(specifiers.toSorted());
});

describe("the reference is not written for", { timeout: 120_000 }, () => {
  const module = "/**\n * One.\n *\n * @packageDocumentation\n */\n\n";
  it.each([
    ["a module", 'export { b } from "./a/b.js";\n', /one \(Module\).* does not have any/],
    [
      "an export",
      `${module}export declare const a: 1;\n`,
      /one\.a \(Variable\).* does not have any/,
    ],
    [
      "a method",
      `${module}/** A. */\nexport interface A {\n  f(): void;\n}\n`,
      /one\.A\.f \(CallSignature\).* does not have any/,
    ],
  ])("%s without a comment", async (_, source, complaint) => {
    using declared = new DeclaredPackage(source);
    const html = join(work, "html");
    expect(await writeReference(publicPackages(declared.root), html)).toEqual([
      expect.stringMatching(complaint),
    ]);
    expect(existsSync(html)).toBe(false);
  });

  it.each([
    [
      "a type that is used and not exported",
      `${module}interface B {\n  b: 1;\n}\n/** A. */\nexport declare const a: B;\nexport {};\n`,
      /^B, defined in .* is referenced by @test\/one\.a but not included/,
    ],
    [
      "a link that leads nowhere",
      `${module}/** See {@link Nothing}. */\nexport declare const a: 1;\n`,
      /Failed to resolve link to "Nothing"/,
    ],
  ])("%s", async (_, source, complaint) => {
    using declared = new DeclaredPackage(source);
    const html = join(work, "html");
    expect(await writeReference(publicPackages(declared.root), html)).toEqual([
      expect.stringMatching(complaint),
    ]);
    expect(existsSync(html)).toBe(false);
  });
});
