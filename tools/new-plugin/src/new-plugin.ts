import { copyFileSync, mkdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createFromTemplate, format, writeChangeset } from "@uni/scaffold";
import { checkPluginId, checkPluginName } from "./check-plugin.ts";

const TEMPLATE = new URL("../template/", import.meta.url);

/** The id of a plugin that nobody gave one. */
export function defaultId(name: string): string {
  return `ai.example.${name.replaceAll("-", "_")}`;
}

/**
 * Writes `plugins/NAME` and its changeset, or nothing.
 *
 * @param root of the repository.
 * @throws ScaffoldError for a name or an id that a plugin cannot have.
 */
export function newPlugin(name: string, id: string, root: URL): void {
  const plugins = new URL("plugins/", root);
  checkPluginName(name, plugins);
  checkPluginId(id);
  const isFirst = mkdirSync(plugins, { recursive: true }) !== undefined;
  const target = new URL(`${name}/`, plugins);
  try {
    createFromTemplate({
      template: TEMPLATE,
      target,
      replacements: { __NAME__: name, __ID__: id, __STEM__: id.replaceAll(".", "_") },
      finish: (folder) => {
        copyFileSync(new URL("LICENSE", root), join(folder, "LICENSE"));
        format(folder, root);
      },
    });
    writeNewChangeset(name, id, target, root);
  } catch (error) {
    if (isFirst) rmdirSync(plugins);
    throw error;
  }
}

function writeNewChangeset(name: string, id: string, target: URL, root: URL): void {
  const packageName = `@uni/plugin-${name}`;
  const summary = `\`${packageName}\` is the plugin \`${id}\`, for Extism and as a component.`;
  try {
    writeChangeset(packageName, summary, { folder: new URL(".changeset/", root) });
  } catch (error) {
    rmSync(target, { recursive: true });
    throw error;
  }
}
