import { spawn } from "node:child_process";
import { endGroup } from "./end-group.ts";

export interface ProcessOptions {
  readonly cwd: string | URL;
  /** The whole environment. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the process and all that it started. */
  readonly signal?: AbortSignal;
  /** Whether what it says goes to the terminal at once, and not into the result. Default: false. */
  readonly live?: boolean;
}

export interface ProcessResult {
  /** Null where a signal ended it, or where it could not be started. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both as they came, and why there is no status. */
  readonly output: string;
}

/** Runs a process to its end. Not with `spawnSync`, which lets nobody handle Ctrl-C meanwhile. */
export function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, signal, live = false }: ProcessOptions,
): Promise<ProcessResult> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve({ status: null, stdout: "", stderr: "", output: "not started" });
      return;
    }
    const said = live ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", said, said],
      // A group of its own, which can be ended as a whole.
      detached: signal !== undefined,
    });
    const end = () => endGroup(child);
    signal?.addEventListener("abort", end, { once: true });
    const texts = { stdout: "", stderr: "", output: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
        texts.output += text;
      });
    }
    const finish = (status: number | null, reason: string) => {
      signal?.removeEventListener("abort", end);
      resolve({ ...texts, status, output: texts.output + reason });
    };
    child.on("error", ({ message }) => finish(null, message));
    child.on("close", (status, name) => finish(status, name === null ? "" : `ended by ${name}`));
  });
}

/**
 * Runs a process that has to succeed.
 *
 * @returns what it wrote to its standard output.
 * @throws the reason of the signal; Error with the last lines where it does not succeed.
 */
export async function requireSuccess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<string> {
  const { status, stdout, output } = await runProcess(command, args, options);
  options.signal?.throwIfAborted();
  if (status === 0) return stdout;
  throw new Error(`"${[command, ...args].join(" ")}" ended with ${status}:\n${lastLines(output)}`);
}

function lastLines(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines
    .slice(-20)
    .map((line) => `    ${line}`)
    .join("\n");
}
