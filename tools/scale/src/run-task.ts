import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Curve, Effort, Point } from "./point.ts";

const MAIN = fileURLToPath(new URL("./measure-main.ts", import.meta.url));

/** What one process measures. */
export interface Task {
  readonly curve: Curve;
  readonly values: readonly number[];
  readonly effort: Effort;
}

/**
 * Measures in a process of its own, so that its memory is that of this task alone. It ends with the
 * signal.
 *
 * @param measured gets each point as soon as it is there.
 * @throws Error with what the process printed, where it fails.
 */
export function runTask(
  task: Task,
  measured: (point: Point) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(MAIN, {
      signal,
      killSignal: "SIGKILL",
      stdio: ["ignore", 1, "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    let failure: unknown;
    child.on("error", (error) => {
      failure = error;
    });
    let points = 0;
    child.on("message", (point) => {
      points += 1;
      measured(point as Point); // The child sends nothing else.
    });
    child.once("close", (code, killed) => {
      if (code === 0 && points === task.values.length) return resolve();
      const { axis, format, where } = task.curve;
      const what = `${axis} of ${format}, ${where}, at ${task.values.join(", ")}`;
      const end = `ended with ${killed ?? code} after ${points} of ${task.values.length} points`;
      reject(failure ?? new Error(`${what} ${end}\n${said}`));
    });
    child.send(task);
  });
}
