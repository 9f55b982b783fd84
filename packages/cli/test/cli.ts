import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { run } from "../src/index.ts";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSetup {
  readonly isTerminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process, on streams of its own. */
export async function cli(args: readonly string[], setup: RunSetup = {}): Promise<Outcome> {
  const { isTerminal = false, env = {}, stdin = "", signal } = setup;
  const stdout = new Kept(isTerminal);
  const stderr = new Kept(isTerminal);
  const streams = { stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr, env };
  const status = await run(args, streams, signal);
  return { status, stdout: stdout.text, stderr: stderr.text };
}

class Kept extends Writable {
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly #chunks: Buffer[] = [];

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
export const SOURCE_FLAGS: readonly string[] = [
  "--conditions=@uni/source",
  "--disable-warning=ExperimentalWarning",
  `--import=${root}tools/ts-hook/register.mjs`,
];
export const MAIN: string = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Starts the command as a process of its own. */
export function start(
  args: readonly string[],
  { cwd, main = MAIN }: { readonly cwd?: string; readonly main?: string } = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...SOURCE_FLAGS, main, ...args], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
}

/** What a process printed, and how it ended. */
export async function outcome(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  }
  const [status] = (await once(child, "close")) as [number | null];
  return { status, ...text };
}
