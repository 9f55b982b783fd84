import { join } from "node:path";
import { requireSuccess } from "@uni/processes";
import { type Consumption, consumePackage } from "./consume/consume-package.ts";
import { copyGuests } from "./consume/copy-guests.ts";
import { nodeVersions } from "./consume/node-versions.ts";
import { installedTable, publishedTable } from "./print-tables.ts";
import { cloneCommit } from "./publish/clone-commit.ts";
import { type PublicPackage, publicPackages } from "./publish/public-packages.ts";
import { publishPackages } from "./publish/publish-packages.ts";
import { versionPackages } from "./publish/version-packages.ts";
import type { RehearsalArguments } from "./read-arguments.ts";
import { startRegistry } from "./registry/start-registry.ts";
import type { Progress } from "./run/progress.ts";
import { RehearsalError } from "./run/rehearsal-error.ts";
import { TemporaryFolder } from "./run/temporary-folder.ts";
import { twoAtATime } from "./run/two-at-a-time.ts";
import { checkTypes } from "./types/check-types.ts";

/**
 * Makes a release of the commit that is checked out, to a registry on this machine, and uses it.
 *
 * @param root of the repository.
 * @returns what was rehearsed, in a line; failures of uses are in `progress`.
 * @throws RehearsalError where there is nothing to go on with; the reason of the signal.
 */
export async function rehearse(
  root: string,
  { only, keep, registry: given }: RehearsalArguments,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const chosen = chooseFrom(publicPackages(root), only).map(({ shortName }) => shortName);
  await using folder = await TemporaryFolder.create(keep);
  const at = (...names: readonly string[]) => join(folder.path, ...names);
  const clone = at("clone");
  await progress.step("cloning the commit, installing its dependencies", async () => {
    const { commit, dirty } = await cloneCommit(root, clone, signal);
    if (dirty)
      progress.note("! the work tree has changes that are not committed; they are not in it");
    return [`commit ${commit.slice(0, 7)}`, undefined];
  });
  await progress.step("giving packages their versions", async () => {
    const versioned = await versionPackages(clone);
    const said = versioned.map(({ name, to }) => `${name} ${to}`).join(", ");
    return [said === "" ? "no changeset is pending" : said, undefined];
  });
  const packages = publicPackages(clone);
  await progress.step("building packages and guests", async () => {
    const args = [
      "exec",
      "turbo",
      "run",
      "build",
      "--filter=./packages/*",
      "--output-logs=errors-only",
    ];
    await requireSuccess("pnpm", args, { cwd: clone, signal });
    await copyGuests(clone, at("guests"));
    return [`${packages.length} public packages`, undefined];
  });
  await using started =
    given === undefined
      ? await progress.step("starting a registry", async () => {
          const registry = await startRegistry(at("registry"), signal);
          return [registry.url, registry];
        })
      : undefined;
  const registry = started?.url ?? given;
  if (registry === undefined) throw new Error("expected a registry, got none");
  const published = await progress.step("publishing", async () => {
    const all = await publishPackages(clone, packages, registry, signal);
    return [`${all.length} packages to ${registry}`, all];
  });
  const nodes = await progress.step("fetching versions of Node.js", async () => {
    const found = await nodeVersions(folder.path, signal);
    return [found.map(({ version }) => version).join(", "), found];
  });
  const used = packages.filter(({ shortName }) => chosen.includes(shortName));
  const manifests = packages.map(({ manifest }) => manifest);
  const consumptions: Consumption[] = [];
  const common = { guests: at("guests"), registry, signal };
  await twoAtATime(used, async (one) => {
    const title = `using ${one.manifest.name} as its README says`;
    await progress.check(title, signal, async () => {
      const project = at("projects", one.shortName);
      const tsc = join(clone, "node_modules/typescript/bin/tsc");
      const consumption = await consumePackage(one, { ...common, project, tsc, nodes, manifests });
      consumptions.push(consumption);
      return `${one.manifest.name}: nothing that was not asked for; examples that ran on ${nodes.length} versions of Node.js: ${consumption.examples}`;
    });
  });
  const programs = join(clone, "tools/release/test/consumers");
  await checkTypes(packages, used, progress, folder.path, { ...common, programs });
  console.log(`\n${publishedTable(published)}\n\n${installedTable(consumptions)}\n`);
  return `${published.length} packages published, ${used.length} used`;
}

function chooseFrom(packages: readonly PublicPackage[], only: readonly string[]): PublicPackage[] {
  const names = packages.map(({ shortName }) => shortName);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new RehearsalError(
      `--only: expected one of ${names.join(", ")}, got ${unknown.join(", ")}`,
    );
  }
  return packages.filter(({ shortName }) => only.length === 0 || only.includes(shortName));
}
