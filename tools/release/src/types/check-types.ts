import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireSuccess } from "@uni/processes";
import type { PublicPackage } from "../publish/public-packages.ts";
import type { Progress } from "../run/progress.ts";
import { twoAtATime } from "../run/two-at-a-time.ts";
import { compileConsumer, RESOLUTIONS, type Resolution } from "./compile-consumer.ts";
import { type ConsumerOptions, createConsumer } from "./consumer-project.ts";

const VERSIONS = ["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6", "7"];
// The keys of a constant.
const resolutions = Object.keys(RESOLUTIONS) as Resolution[];
const SHOWN = 10;

/** Compiles a consumer of the packages with every version of TypeScript that they are for. */
export async function checkTypes(
  packages: readonly PublicPackage[],
  used: readonly PublicPackage[],
  progress: Progress,
  folder: string,
  options: Omit<ConsumerOptions, "project">,
): Promise<void> {
  const { signal } = options;
  const project = join(folder, "types");
  const files = await progress.step("installing every package with its peers", async () => {
    const created = await createConsumer(packages, used, { ...options, project });
    return [`${created.length} files to compile`, created];
  });
  const cases = VERSIONS.map((version) => ({
    version,
    ready: undefined as Promise<string> | undefined,
  }));
  const runs = cases.flatMap((compiler) =>
    resolutions.map((resolution) => ({ compiler, resolution })),
  );
  await twoAtATime(runs, async ({ compiler, resolution }) => {
    const title = `types with TypeScript ${compiler.version}, ${resolution}`;
    await progress.check(title, signal, async () => {
      compiler.ready ??= installCompiler(compiler.version, folder, signal);
      const tsc = await compiler.ready;
      const { ours, theirs } = await compileConsumer(files, { tsc, project, resolution, signal });
      if (ours.length > 0) {
        const shown = ours.slice(0, SHOWN).map((line) => `    ${line}`);
        throw new Error(
          `${ours.length} errors in declarations of ours or in programs:\n${shown.join("\n")}`,
        );
      }
      const others = theirs.length === 0 ? "" : `; errors in ${theirs.join(", ")} alone`;
      return `${title}: none in ours${others}`;
    });
  });
}

async function installCompiler(
  version: string,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const cwd = join(folder, `typescript-${version}`);
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, "package.json"), '{ "private": true }\n');
  const args = ["install", "--no-audit", "--no-fund", `typescript@${version}`];
  await requireSuccess("npm", args, { cwd, signal });
  return join(cwd, "node_modules/typescript/bin/tsc");
}
