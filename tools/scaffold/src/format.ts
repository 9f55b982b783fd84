import { fileURLToPath } from "node:url";
import { runProcess } from "@uni/processes";

/** How lines break and imports are sorted depends on how long a name is and how it starts. */
export async function format(folder: string, root: URL): Promise<void> {
  const biome = fileURLToPath(new URL("node_modules/@biomejs/biome/bin/biome", root));
  const args = [biome, "check", "--write", folder];
  const { status, output } = await runProcess(process.execPath, args, { cwd: root });
  if (status !== 0) throw new Error(`biome could not format ${folder}:\n${output}`);
}
