import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the measurement from its sources, as a process of its own.
 *
 * @param printed gets all that it has printed so far, whenever there is more.
 */
export async function runScale(
  args: readonly string[],
  printed: (stdout: string, stop: () => void) => void = () => {},
): Promise<Outcome> {
  const flags = [
    "--expose-gc",
    "--conditions=@uni/source",
    "--disable-warning=ExperimentalWarning",
    "--import=./tools/ts-hook/register.mjs",
  ];
  const run = spawn(process.execPath, [...flags, "tools/scale/src/main.ts", ...args], {
    cwd: root,
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    run[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
      printed(text.stdout, () => run.kill("SIGINT"));
    });
  }
  // What `close` comes with.
  const [status] = (await once(run, "close")) as [number | null];
  return { status, ...text };
}
