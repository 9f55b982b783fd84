import { pnpmCommand, runProcess } from "@uni/processes";
import { ScaffoldError } from "./scaffold-error.ts";

// Where CI is set, pnpm would refuse to write the lockfile.
const ARGS = ["install", "--offline", "--no-frozen-lockfile"];

/**
 * Links what the new package depends on, all of which the repository has: without the network.
 *
 * @param pnpm the command; by default the pnpm that runs this.
 * @throws ScaffoldError saying what to do instead.
 */
export async function install(root: URL, pnpm: readonly string[] = pnpmCommand()): Promise<void> {
  const [command = "pnpm", ...args] = pnpm;
  const { status, output } = await runProcess(command, [...args, ...ARGS], { cwd: root });
  if (status === 0) return;
  throw new ScaffoldError(
    `the package is written, but not installed: "pnpm ${ARGS.join(" ")}" failed (${reason(output)}); run "pnpm install" with a network`,
  );
}

/** The line that says most. */
function reason(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  const told = lines.filter((line) => line !== "");
  return told.find((line) => line.includes("ERR_PNPM")) ?? told.at(-1) ?? "it said nothing";
}
