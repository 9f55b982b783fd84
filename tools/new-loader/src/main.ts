import { parseArgs } from "node:util";
import { ScaffoldError } from "@uni/scaffold";
import { install } from "./install.ts";
import { newLoader } from "./new-loader.ts";

const USAGE = `Usage: pnpm new-loader <name>

Writes packages/loader-<name>, the package @uni/loader-<name>, for plugins of a format of your own: it
builds, and its red conformance checks are what is left to write. Needs no network after an install.

  <name>      of the format: lowercase letters, digits and hyphens, such as "my-format"
  -h, --help  this text

docs/writing-a-loader.md says how to go on.`;

const nextSteps = (name: string) => `packages/loader-${name} is there. Next:

  1. Say in packages/loader-${name}/test/guest-of.ts how a guest of the format answers and asks.
  2. Run "pnpm unit --project loader-${name}": every red check says what to write.
  3. docs/writing-a-loader.md has what goes into which file, in which order.
  4. Run "npm test" before you send it; the README and the changeset want your words, too.`;

function main(args: readonly string[]): void {
  const { values, positionals } = parsed(args);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) {
    const came = positionals.length === 0 ? "none" : positionals.join(" ");
    throw new ScaffoldError(`expected one name, got ${came}; see "pnpm new-loader --help"`);
  }
  const root = new URL("../../../", import.meta.url);
  newLoader(name, root);
  install(root);
  console.log(nextSteps(name));
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [said] = error.message.split(". ");
    throw new ScaffoldError(`${said}; see "pnpm new-loader --help"`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
