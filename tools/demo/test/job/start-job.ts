import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the main job from its sources, as a process of its own. */
export async function runMain(
  args: readonly string[],
  { preload }: { readonly preload?: string } = {},
): Promise<Outcome> {
  const flags = ["--conditions=@uni/source", "--import=./tools/ts-hook/register.mjs"];
  if (preload !== undefined) flags.push(`--import=./tools/demo/test/job/${preload}`);
  const job = spawn(process.execPath, [...flags, "tools/demo/src/main.ts", ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" },
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    job[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  }
  // What `close` comes with.
  const [status] = (await once(job, "close")) as [number | null];
  return { status, ...text };
}
