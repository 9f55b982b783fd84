import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const HOOK = new URL("../../../ts-hook/register.mjs", import.meta.url).href;

/** Runs the TypeScript of a command as `pnpm` does. */
export function runMain(main: URL, ...args: readonly string[]) {
  const flags = [
    "--disable-warning=ExperimentalWarning",
    "--conditions=@uni/source",
    `--import=${HOOK}`,
  ];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, fileURLToPath(main), ...args],
    { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } },
  );
  return { status, stdout, stderr };
}
