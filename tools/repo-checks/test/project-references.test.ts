import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

const projects = ["packages", "tools"]
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
  .filter((path) => existsSync(join(root, path, "tsconfig.json")));
const pathOf = new Map(projects.map((path) => [json(`${path}/package.json`).name as string, path]));

// Nothing else reports a reference that is missing: `tsc -b` then compiles against old output.
describe("the project references of", () => {
  for (const project of projects) {
    it(`${project} are its dependencies in the workspace`, () => {
      const { dependencies = {}, peerDependencies = {} } = json(`${project}/package.json`);
      const expected = Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => {
        const path = pathOf.get(name);
        return path === undefined ? [] : [relative(project, path)];
      });
      const { references = [] } = json(`${project}/tsconfig.json`);
      const actual = references.map(({ path }: { path: string }) => path);
      expect(actual.toSorted()).toEqual(expected.toSorted());
    });
  }
});
