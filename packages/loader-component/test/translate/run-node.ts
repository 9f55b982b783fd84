import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** How a process ended, and what it printed. */
export interface ProcessOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

/** What lets Node.js run this repository's sources. */
export const SOURCE_FLAGS: readonly string[] = [
  "--conditions=@uni/source",
  `--import=${new URL("../../../../tools/ts-hook/register.mjs", import.meta.url)}`,
  "--disable-warning=ExperimentalWarning",
];

/** Runs Node.js with no environment but the one that is given. */
export async function runNode(
  args: readonly string[],
  { env, input = "", cwd = "/" }: ProcessOptions,
): Promise<ProcessOutcome> {
  const child = spawn(process.execPath, args, { env, cwd });
  child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { status, stdout, stderr };
}

/** Runs a script of this repository, which prints JSON, and nothing else to anywhere. */
export async function jsonOf(
  script: URL,
  args: readonly string[],
  options: ProcessOptions,
): Promise<unknown> {
  const flags = [...SOURCE_FLAGS, fileURLToPath(script), ...args];
  const { status, stdout, stderr } = await runNode(flags, options);
  if (status !== 0 || stderr !== "") throw new Error(`the script ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
