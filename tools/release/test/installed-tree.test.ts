import { expect, it } from "vitest";
import { strangersIn } from "../src/consume/installed-tree.ts";
import type { Manifest } from "../src/publish/public-packages.ts";

const version = "0.1.0";
const manifests: Manifest[] = [
  { name: "@uni/plugin", version, dependencies: { zod: "4" } },
  {
    name: "@uni/loader-a",
    version,
    dependencies: { "@uni/plugin": "^0.1.0" },
    peerDependencies: { arrow: "^21.0.0", sdk: "1" },
    peerDependenciesMeta: { sdk: { optional: true } },
  },
  {
    name: "@uni/loader-b",
    version,
    dependencies: { "@uni/plugin": "^0.1.0", zod: "4" },
    optionalDependencies: { validator: "1" },
  },
];

it("a loader, and what it stands on, is no stranger", () => {
  const installed = ["@uni/loader-a", "@uni/plugin", "zod", "arrow", "other"];
  expect(strangersIn(installed, ["@uni/loader-a"], manifests)).toEqual([]);
});

it("another loader is a stranger, and so is what it alone depends on", () => {
  const installed = ["@uni/loader-a", "@uni/plugin", "zod", "@uni/loader-b", "validator"];
  expect(strangersIn(installed, ["@uni/loader-a"], manifests)).toEqual([
    "@uni/loader-b",
    "validator",
  ]);
});

it("an optional peer is a stranger where nobody named it", () => {
  const installed = ["@uni/loader-a", "@uni/plugin", "sdk"];
  expect(strangersIn(installed, ["@uni/loader-a"], manifests)).toEqual(["sdk"]);
  expect(strangersIn(installed, ["@uni/loader-a", "sdk"], manifests)).toEqual([]);
});
