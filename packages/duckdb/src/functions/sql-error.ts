import { FnError, type PluginInfo, printable, type QName, UniError } from "@uni/plugin";

/**
 * What SQL says of a failure: the function, its plugin, the code and the message. Without control
 * characters: a NUL would end the text in DuckDB, and the rest may come from a plugin and go to a
 * terminal.
 */
export function sqlError(
  { qname, plugin }: { readonly qname: QName; readonly plugin: PluginInfo },
  error: unknown,
): string {
  const text = `${qname} of plugin ${plugin.id} ${plugin.version} failed with ${codeOf(error)}: ${messageOf(error)}`;
  return printable(text);
}

function codeOf(error: unknown): string {
  if (error instanceof FnError) return `${error.code} ${error.fnCode}`;
  return error instanceof UniError ? error.code : "an unexpected error";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
