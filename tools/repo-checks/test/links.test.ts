import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, linksOf } from "./read/markdown.ts";
import { ROOT, trackedFiles } from "./read/tracked-files.ts";

const pages = trackedFiles("*.md");

/** Where a page will be read: a template's is beside the files that are made of it. */
const placeOf = (page: string): string => {
  return page
    .replace("tools/new-loader/template/", "packages/loader-core/")
    .replace("tools/new-plugin/template/", "plugins/name/");
};

/** What is wrong with a link; undefined where nothing is. */
function fault(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : normalize(join(dirname(placeOf(page)), path));
  if (!existsSync(join(ROOT, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined) return undefined;
  const anchors = anchorsOf(readFileSync(join(ROOT, target), "utf8"));
  return anchors.has(anchor) ? undefined : `${link}: ${target} has no heading #${anchor}`;
}

describe("the links of", () => {
  it.each(pages)("%s lead somewhere", (page) => {
    const links = linksOf(readFileSync(join(ROOT, page), "utf8"));
    expect(links.flatMap((link) => fault(page, link) ?? [])).toEqual([]);
  });

  it("no page that does not exist", () => {
    expect(pages).toContain("README.md");
    expect(fault("README.md", "docs/missing.md")).toBe(
      "docs/missing.md: there is no docs/missing.md",
    );
    expect(fault("docs/README.md", "concepts.md#no-such-heading")).toBe(
      "concepts.md#no-such-heading: docs/concepts.md has no heading #no-such-heading",
    );
    expect(fault("docs/README.md", "../README.md")).toBeUndefined();
  });
});

describe("a heading's anchor", () => {
  it.each([
    ["## The core ABI", "the-core-abi"],
    ["### `harden`, and what it *does*", "harden-and-what-it-does"],
    ["# [Concepts](x.md): the words", "concepts-the-words"],
    ["## What is checked?\n```sh\n# not a heading\n```\n", "what-is-checked"],
  ])("of %j is %j", (markdown, anchor) => {
    expect([...anchorsOf(markdown)]).toEqual([anchor]);
  });

  it("has a number where it is there twice", () => {
    expect([...anchorsOf("# A b\n\n## A b\n\n## A b\n")]).toEqual(["a-b", "a-b-1", "a-b-2"]);
  });
});

describe("a link is seen", () => {
  it.each([
    ["[a](b.md) and [`c`](d.md#e)", ["b.md", "d.md#e"]],
    ["`[a](b.md)`", []],
    ["```md\n[a](b.md)\n```\n", []],
  ])("in %j", (markdown, links) => {
    expect(linksOf(markdown)).toEqual(links);
  });
});
