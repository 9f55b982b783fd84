import type { ReleasePlan, VersionType } from "@changesets/types";
import { expect, it } from "vitest";
import { keepBelowOne } from "../src/publish/version-packages.ts";

const planOf = (oldVersion: string, newVersion: string, asked: VersionType): ReleasePlan => ({
  changesets: [{ id: "one", summary: "", releases: [{ name: "@uni/cli", type: asked }] }],
  releases: [{ name: "@uni/cli", type: "major", oldVersion, newVersion, changesets: ["one"] }],
  preState: undefined,
});
const versionOf = (plan: ReleasePlan) => keepBelowOne(plan).releases[0]?.newVersion;

it("a peer that leaves its range makes a minor version below 1.0.0", () => {
  expect(versionOf(planOf("0.0.0", "1.0.0", "minor"))).toBe("0.1.0");
  expect(versionOf(planOf("0.3.2", "1.0.0", "patch"))).toBe("0.4.0");
});

it("a changeset that says major makes 1.0.0", () => {
  expect(versionOf(planOf("0.3.2", "1.0.0", "major"))).toBe("1.0.0");
});

it("from 1.0.0 on, a peer that leaves its range makes a major version", () => {
  expect(versionOf(planOf("1.3.2", "2.0.0", "patch"))).toBe("2.0.0");
});
