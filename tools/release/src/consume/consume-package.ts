import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { type ProcessResult, requireSuccess, runProcess } from "@uni/processes";
import type { Manifest, PublicPackage } from "../publish/public-packages.ts";
import { neutralEnvironment, scopeConfig } from "../publish/registry-environment.ts";
import { type InstalledTree, installedTree, strangersIn } from "./installed-tree.ts";
import type { NodeVersion } from "./node-versions.ts";
import { isPrinted, namedIn, stepsOf } from "./read-readme.ts";

export interface Consumption {
  /** The command that was typed. */
  readonly command: string;
  readonly tree: InstalledTree;
  /** How many examples ran, on every version of Node.js. */
  readonly examples: number;
}

export interface ConsumeOptions {
  readonly project: string;
  /** A folder with the plugins that the examples read. */
  readonly guests: string;
  readonly tsc: string;
  readonly registry: string;
  readonly nodes: readonly NodeVersion[];
  readonly manifests: readonly Manifest[];
  readonly signal: AbortSignal;
}

/** The official SDK imports `node:wasi`, of which Node.js warns at once. */
const NO_EXPERIMENTS = "--disable-warning=ExperimentalWarning";

/** An empty project with the plugins that examples read, which has packages of ours from a registry. */
export async function createProject(
  project: string,
  { guests, registry }: Pick<ConsumeOptions, "guests" | "registry">,
): Promise<void> {
  await mkdir(project, { recursive: true });
  await cp(guests, project, { recursive: true });
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  await writeFile(join(project, ".npmrc"), scopeConfig(registry));
}

/**
 * Follows the README of a package in an empty project: installs what it says, and runs its examples
 * on every version of Node.js.
 *
 * @throws Error for the first thing that is not as the README says, or that nobody has asked for.
 */
export async function consumePackage(
  { folder, manifest }: PublicPackage,
  options: ConsumeOptions,
): Promise<Consumption> {
  const { project, nodes, signal } = options;
  await createProject(project, options);
  const [program] = Object.keys(manifest.bin ?? {});
  const steps = stepsOf(await readFile(join(folder, "README.md"), "utf8"), program);
  const env = { ...neutralEnvironment(), UNI_COMPONENT_CACHE: join(project, "cache") };
  let first: { readonly command: string; readonly tree: InstalledTree } | undefined;
  let examples = 0;
  for (const step of steps) {
    if (step.kind === "install") {
      const args = ["-e", "-c", step.commands];
      await requireSuccess("sh", args, { cwd: project, env, signal });
      first ??= await requireNoStrangers(step.commands, options);
      continue;
    }
    examples += 1;
    const file = step.kind === "example" ? await compile(step.code, examples, options) : "";
    for (const { version, path } of nodes) {
      const run =
        step.kind === "example"
          ? runProcess(path, [NO_EXPERIMENTS, file], { cwd: project, env, signal })
          : runProcess("sh", ["-e", "-c", step.commands], {
              cwd: project,
              env: { ...env, PATH: pathWith(path, project) },
              signal,
            });
      const result = await run;
      signal.throwIfAborted();
      requirePrinted(result, step.printed, `example ${examples} of its README, Node.js ${version}`);
    }
  }
  if (first === undefined) throw new Error("expected an installation in the README, found none");
  return { ...first, examples };
}

async function requireNoStrangers(
  commands: string,
  { project, manifests }: ConsumeOptions,
): Promise<{ readonly command: string; readonly tree: InstalledTree }> {
  const [command = ""] = commands.split("\n");
  const tree = await installedTree(project);
  const strangers = strangersIn(tree.names, namedIn(commands), manifests);
  if (strangers.length === 0) return { command: command.replace(/\s+#.*$/, ""), tree };
  throw new Error(
    `"${command}" also installed ${strangers.join(", ")}, which belongs to packages that it does not name; "npm explain" in the project (--keep) says why`,
  );
}

/** Examples use what is newer than Node.js 20, such as `await using`. */
async function compile(code: string, number: number, options: ConsumeOptions): Promise<string> {
  const { project, tsc, signal } = options;
  const source = join(project, `example-${number}.ts`);
  await writeFile(source, code);
  const flags = ["--noCheck", "--target", "es2022", "--module", "esnext", "--types", ""];
  await requireSuccess(process.execPath, [tsc, source, ...flags], { cwd: project, signal });
  return source.replace(/ts$/, "js");
}

function pathWith(node: string, project: string): string {
  const bins = [join(project, "node_modules/.bin"), dirname(node)];
  return [...bins, process.env.PATH ?? ""].join(delimiter);
}

function requirePrinted(result: ProcessResult, printed: string | undefined, what: string): void {
  const { status, stdout, stderr } = result;
  if (status !== 0) throw new Error(`${what}: ended with ${status}:\n${stderr}`);
  if (stderr !== "") throw new Error(`${what}: expected no warning, got:\n${stderr}`);
  if (printed === undefined || isPrinted(stdout, printed)) return;
  throw new Error(`${what}: expected it to print\n${printed}\ngot\n${stdout}`);
}
