import { runCommand } from "@uni/scaffold";
import { defaultId, newPlugin } from "./new-plugin.ts";

const USAGE = `Usage: pnpm new-plugin <name> [--id <id>]

Writes plugins/<name>, the package @uni/plugin-<name>: a plugin in AssemblyScript with one function,
built for Extism and as a component, with tests. Needs no network after an install.

  <name>      lowercase letters, digits and hyphens, such as "my-plugin"
  --id <id>   the plugin's id; by default ai.example.<name>, with underscores for hyphens
  -h, --help  this text`;

const nextSteps = (name: string, id: string) => `plugins/${name} is there, the plugin ${id}. Next:

  1. Build it, for every format:   pnpm build
  2. Run its tests:                pnpm unit --project plugins/${name}
  3. Make its function yours, in plugins/${name}/assembly; the README beside it says how.
  4. Edit the README and .changeset/new-plugin-${name}.md, and run npm test before you send it.`;

await runCommand({
  name: "new-plugin",
  usage: USAGE,
  options: ["id"],
  write: async (name, { options: { id = defaultId(name) }, root, signal }) => {
    await newPlugin(name, id, root, signal);
    return nextSteps(name, id);
  },
});
