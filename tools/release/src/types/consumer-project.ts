import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireSuccess } from "@uni/processes";
import { createProject } from "../consume/consume-package.ts";
import type { PublicPackage } from "../publish/public-packages.ts";
import { neutralEnvironment } from "../publish/registry-environment.ts";

export interface ConsumerOptions {
  readonly project: string;
  /** Programs that use packages; `plugin.ts` is for `@uni/plugin`. */
  readonly programs: string;
  readonly guests: string;
  readonly registry: string;
  readonly signal: AbortSignal;
}

/**
 * A project with all packages and all of their peers, a file that imports every entry of those that
 * are used, and programs that use them.
 *
 * @returns the files to compile, from the project.
 */
export async function createConsumer(
  packages: readonly PublicPackage[],
  used: readonly PublicPackage[],
  options: ConsumerOptions,
): Promise<string[]> {
  const { project, programs, signal } = options;
  await createProject(project, options);
  const wanted = packages.flatMap(({ manifest }) => {
    const peers = Object.entries(manifest.peerDependencies ?? {});
    return [manifest.name, ...peers.flatMap(([name, range]) => peerOf(name, range))];
  });
  // Types of the lowest version of Node.js that is supported.
  const args = ["install", "--no-audit", "--no-fund", ...new Set(wanted), "@types/node@20"];
  await requireSuccess("npm", args, { cwd: project, env: neutralEnvironment(), signal });
  await writeFile(join(project, "entries.ts"), entriesText(used));
  await mkdir(join(project, "programs"));
  const names = used.map(({ shortName }) => `${shortName}.ts`);
  const files = (await readdir(programs)).filter((file) => names.includes(file));
  for (const file of files) await cp(join(programs, file), join(project, "programs", file));
  return ["entries.ts", ...files.map((file) => `programs/${file}`)];
}

function peerOf(name: string, range: string): string[] {
  // Packages of ours are of one release, whatever the range.
  return range.startsWith("workspace:") ? [name] : [`${name}@${range}`];
}

function entriesText(packages: readonly PublicPackage[]): string {
  const entries = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.exports ?? {})
      .filter((entry) => entry !== "./package.json")
      .map((entry) => `${manifest.name}${entry.slice(1)}`),
  );
  const imports = entries.map((entry, i) => `import * as entry${i} from "${entry}";\n`);
  return `${imports.join("")}export const entries: object[] = [${entries.map((_, i) => `entry${i}`)}];\n`;
}
