import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireSuccess } from "@uni/processes";
import { measureTarball, type TarballSize } from "./measure-tarball.ts";
import type { PublicPackage } from "./public-packages.ts";
import {
  publishConfig,
  publishEnvironment,
  requireLoopbackPublish,
} from "./registry-environment.ts";

/** A package as the registry has it. */
export interface Published extends TarballSize {
  readonly name: string;
  readonly version: string;
  readonly tarballBytes: number;
}

/**
 * Publishes every public package as a release does.
 *
 * @param root of the clone.
 * @throws Error before anything is published where anything of it would leave this machine.
 */
export async function publishPackages(
  root: string,
  packages: readonly PublicPackage[],
  url: string,
  signal: AbortSignal,
): Promise<Published[]> {
  await writeFile(join(root, ".npmrc"), publishConfig(url));
  const options = { cwd: root, env: publishEnvironment(url), signal };
  await requireLoopbackPublish(packages, options);
  await requireSuccess("pnpm", ["exec", "changeset", "publish", "--no-git-tag"], options);
  return Promise.all(packages.map(({ manifest }) => publishedAs(manifest, url, signal)));
}

async function publishedAs(
  { name, version }: { readonly name: string; readonly version: string },
  url: string,
  signal: AbortSignal,
): Promise<Published> {
  const answer = await fetch(new URL(name.replace("/", "%2f"), url), { signal });
  if (!answer.ok) throw new Error(`${name}: expected it in the registry, got ${answer.status}`);
  // The registry is the one that was just started.
  const { versions } = (await answer.json()) as {
    versions: Record<string, { dist: { tarball: string } }>;
  };
  const dist = versions[version]?.dist;
  if (dist === undefined) {
    throw new Error(`${name}: expected version ${version}, got ${Object.keys(versions)}`);
  }
  const answered = await fetch(dist.tarball, { signal });
  if (!answered.ok) throw new Error(`${name}: expected its tarball, got ${answered.status}`);
  const tarball = new Uint8Array(await answered.arrayBuffer());
  return { name, version, tarballBytes: tarball.byteLength, ...measureTarball(tarball) };
}
