import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How lines break and imports are sorted depends on how long a name is and how it starts. */
export function format(folder: string, root: URL): void {
  const biome = fileURLToPath(new URL("node_modules/@biomejs/biome/bin/biome", root));
  const { status, stderr } = spawnSync(process.execPath, [biome, "check", "--write", folder], {
    cwd: fileURLToPath(root),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`biome could not format ${folder}:\n${stderr}`);
}
