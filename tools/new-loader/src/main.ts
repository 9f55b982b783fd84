import { runCommand } from "@uni/scaffold";
import { newLoader } from "./new-loader.ts";

const USAGE = `Usage: pnpm new-loader <name>

Writes packages/loader-<name>, the package @uni/loader-<name>, for plugins of a format of your own: it
builds, and its red conformance checks are what is left to write. Needs no network after an install.

  <name>      of the format: lowercase letters, digits and hyphens, such as "my-format"
  -h, --help  this text

docs/writing-a-loader.md says how to go on.`;

const nextSteps = (name: string) => `packages/loader-${name} is there. Next:

  1. Say in packages/loader-${name}/test/guest-of.ts how a guest of the format answers and asks.
  2. Run "pnpm unit --project loader-${name} -t '\\(load\\.'": every red check says what to write.
     Without -t it runs all 400, for more than a minute.
  3. docs/writing-a-loader.md has what goes into which file, in which order.
  4. Run "npm test" before you send it; the README and the changeset want your words, too.`;

await runCommand({
  name: "new-loader",
  usage: USAGE,
  write: async (name, { root, signal }) => {
    await newLoader(name, root, signal);
    return nextSteps(name);
  },
});
