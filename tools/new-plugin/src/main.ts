import { parseArgs } from "node:util";
import { install } from "./install.ts";
import { defaultId, newPlugin } from "./new-plugin.ts";
import { ScaffoldError } from "./scaffold.ts";

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

function main(args: readonly string[]): void {
  const { values, positionals } = parsed(args);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) {
    const came = positionals.length === 0 ? "none" : positionals.join(" ");
    throw new ScaffoldError(`expected one name, got ${came}; see "pnpm new-plugin --help"`);
  }
  const root = new URL("../../../", import.meta.url);
  const { id = defaultId(name) } = values;
  newPlugin(name, id, root);
  install(root);
  console.log(nextSteps(name, id));
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, id: { type: "string" } },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [said] = error.message.split(". ");
    throw new ScaffoldError(`${said}; see "pnpm new-plugin --help"`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
