import { existsSync } from "node:fs";
import { join } from "node:path";
import applyReleasePlan from "@changesets/apply-release-plan";
import { read } from "@changesets/config";
import getReleasePlan from "@changesets/get-release-plan";
import type { ReleasePlan } from "@changesets/types";
import { getPackages } from "@manypkg/get-packages";
import { inc } from "semver";

/** A package, and the version that it gets. */
export interface Versioned {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Does what `changeset version` does, except that a package below 1.0.0 becomes 1.0.0 only where a
 * changeset says so.
 *
 * Changesets takes a peer that leaves its range for a breaking change, and every breaking change for
 * a major one. Below 1.0.0 a breaking change is a minor version (semver, rule 4), and every minor
 * version of a peer leaves a caret range.
 *
 * @param root of the repository, with its dependencies installed.
 * @returns the packages that have a new version.
 */
export async function versionPackages(root: string): Promise<Versioned[]> {
  if (!existsSync(join(root, ".changeset/config.json"))) {
    throw new Error(`expected .changeset/config.json in ${root}, and it is not there`);
  }
  const packages = await getPackages(root);
  const config = await read(root, packages);
  const plan = keepBelowOne(await getReleasePlan(root, undefined, config));
  await applyReleasePlan(plan, packages, config);
  return plan.releases
    .filter(({ type }) => type !== "none")
    .map(({ name, oldVersion, newVersion }) => ({ name, from: oldVersion, to: newVersion }));
}

/** The plan, with breaking changes of peers as minor versions of packages below 1.0.0. */
export function keepBelowOne(plan: ReleasePlan): ReleasePlan {
  const asked = new Set(
    plan.changesets.flatMap(({ releases }) =>
      releases.filter(({ type }) => type === "major").map(({ name }) => name),
    ),
  );
  const releases = plan.releases.map((release) => {
    const { name, type, oldVersion } = release;
    if (type !== "major" || asked.has(name) || !oldVersion.startsWith("0.")) return release;
    const newVersion = inc(oldVersion, "minor");
    if (newVersion === null) {
      throw new Error(`${name}: expected a semver version in package.json, got ${oldVersion}`);
    }
    return { ...release, type: "minor" as const, newVersion };
  });
  return { ...plan, releases };
}
