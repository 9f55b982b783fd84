import { mkdirSync, rmdirSync } from "node:fs";
import { createPackage } from "@uni/scaffold";
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
 * @throws ScaffoldError for a name or an id that a plugin cannot have; the reason of the signal.
 */
export async function newPlugin(
  name: string,
  id: string,
  root: URL,
  signal?: AbortSignal,
): Promise<void> {
  const plugins = new URL("plugins/", root);
  checkPluginName(name, plugins);
  checkPluginId(id);
  const isFirst = mkdirSync(plugins, { recursive: true }) !== undefined;
  try {
    await createPackage({
      name: `@uni/plugin-${name}`,
      summary: `\`@uni/plugin-${name}\` is the plugin \`${id}\`, for Extism and as a component.`,
      template: TEMPLATE,
      target: new URL(`${name}/`, plugins),
      replacements: { __NAME__: name, __ID__: id, __STEM__: id.replaceAll(".", "_") },
      root,
      signal,
    });
  } catch (error) {
    if (isFirst) rmdirSync(plugins);
    throw error;
  }
}
