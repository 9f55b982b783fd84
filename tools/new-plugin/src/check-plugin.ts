import { existsSync, readdirSync } from "node:fs";
import { checkName, ScaffoldError } from "@uni/scaffold";

/** What no file system of Windows has a folder named. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;
/** Dots become underscores in the names of exports, which are identifiers of AssemblyScript. */
const ID = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+$/;
/** Leaves room for the names of functions: a qname has 255 at most. */
const LONGEST_ID = 150;

/** @throws ScaffoldError for a name that no plugin can have, or one has. */
export function checkPluginName(name: string, plugins: URL): void {
  const [, rest] = /^plugin-(.*)$/.exec(name) ?? [];
  if (rest !== undefined) {
    throw new ScaffoldError(
      `expected the name of a plugin, got ${JSON.stringify(name)}; leave out "plugin-"`,
    );
  }
  if (DEVICES.test(name)) {
    throw new ScaffoldError(
      `expected a name that every file system takes, got ${JSON.stringify(name)}; take another name`,
    );
  }
  checkName(name, { what: "plugin", reserved: existsSync(plugins) ? readdirSync(plugins) : [] });
}

/** @throws ScaffoldError for an id that no plugin in AssemblyScript can have. */
export function checkPluginId(id: string): void {
  if (ID.test(id) && id.length <= LONGEST_ID) return;
  throw new ScaffoldError(
    `expected a plugin id such as "ai.example.geo" (two words or more with dots between them, each of lowercase letters, digits and "_"; at most ${LONGEST_ID} characters), got ${JSON.stringify(id)}`,
  );
}
