import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blocksOf, headingsOf } from "./read/markdown.ts";
import { ROOT } from "./read/tracked-files.ts";

const packages = readdirSync(join(ROOT, "packages"));
const HEADINGS = ["In brief", "Limits", "Dependencies"];

/** What the first cells name of the table of dependencies. */
function explainedIn(readme: string): string[] {
  const [, section = ""] = readme.split("\n## Dependencies\n");
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => {
    return [...(row.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  });
}

describe.each(packages)("the README of packages/%s", (folder) => {
  const readme = readFileSync(join(ROOT, "packages", folder, "README.md"), "utf8");
  const {
    name,
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = JSON.parse(readFileSync(join(ROOT, "packages", folder, "package.json"), "utf8"));
  const isOptional = (peer: string): boolean => peerDependenciesMeta[peer]?.optional === true;

  it("begins with its name and what it is for", () => {
    expect(readme).toMatch(new RegExp(`^# ${name}\n\n[^\\n#|]{60,}\n`));
  });

  it("says how it is installed, with the peers that it needs", () => {
    const [install = ""] = blocksOf(readme, "sh").flatMap(({ code }) => {
      return code.split("\n").filter((line) => line.startsWith("npm install "));
    });
    const needed = Object.keys(peerDependencies).filter((peer) => !isOptional(peer));
    const words = install.split(" ").map((word) => word.replace(/(?<=.)@[^/]*$/, ""));
    expect([name, ...needed].filter((word) => !words.includes(word))).toEqual([]);
  });

  it("has its API in brief, its limits and its dependencies, in this order", () => {
    const found = headingsOf(readme).filter((heading) => HEADINGS.includes(heading));
    expect(found).toEqual(HEADINGS);
  });

  it("gives the reason for each dependency and each peer, and for no others", () => {
    const declared = { ...dependencies, ...optionalDependencies, ...peerDependencies };
    expect(explainedIn(readme).toSorted()).toEqual(Object.keys(declared).toSorted());
  });
});

it("a dependency without a reason is seen", () => {
  expect(
    explainedIn(
      "# a\n\n## Dependencies\n\n| package | why |\n|---|---|\n| `b`, `c` (peer) | `d` |\n",
    ),
  ).toEqual(["b", "c"]);
});
