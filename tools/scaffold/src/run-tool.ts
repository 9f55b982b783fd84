import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface ToolRun {
  /** Null where a signal ended it, or where it could not be started. */
  readonly status: number | null;
  /** What it said, or why it said nothing. */
  readonly output: string;
}

export interface ToolOptions {
  /** Ends the command and all that it started. */
  readonly signal?: AbortSignal;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether what it says goes to the terminal at once, instead of into `output`. Default: false. */
  readonly live?: boolean;
}

/** Runs a command to its end. Not with `spawnSync`, which lets nobody handle Ctrl-C meanwhile. */
export function runTool(
  command: string,
  args: readonly string[],
  folder: URL,
  { signal, env, live = false }: ToolOptions = {},
): Promise<ToolRun> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve({ status: null, output: "" });
      return;
    }
    const said = live ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd: fileURLToPath(folder),
      env: { ...process.env, ...env },
      stdio: ["ignore", said, said],
      // A group of its own, which can be ended as a whole.
      detached: signal !== undefined,
    });
    const end = () => {
      if (child.pid !== undefined) endGroup(child.pid);
    };
    signal?.addEventListener("abort", end);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    const finish = (run: ToolRun) => {
      signal?.removeEventListener("abort", end);
      resolve(run);
    };
    child.on("error", ({ message }) => finish({ status: null, output: message }));
    child.on("close", (status, name) => {
      finish({ status, output: name === null ? output : `${output}ended by ${name}` });
    });
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGTERM");
  } catch (error) {
    // All of the group ended by itself meanwhile.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
