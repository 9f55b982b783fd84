import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface ToolRun {
  /** Null where a signal ended it, or where it could not be started. */
  readonly status: number | null;
  /** What it said, or why it said nothing. */
  readonly output: string;
}

/** Runs a command to its end. Not with `spawnSync`, which lets nobody handle Ctrl-C meanwhile. */
export function runTool(command: string, args: readonly string[], folder: URL): Promise<ToolRun> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: fileURLToPath(folder),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.on("error", ({ message }) => resolve({ status: null, output: message }));
    child.on("close", (status, signal) => {
      resolve({ status, output: signal === null ? output : `${output}ended by ${signal}` });
    });
  });
}
