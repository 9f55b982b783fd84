import type { LoadedPlugin, LoaderError } from "@uni/wasm-rt";
import { closest, distance } from "fastest-levenshtein";
import { CliError } from "../errors/cli-error.ts";
import type { PluginFunction } from "./signature-text.ts";

const MAX_LISTED = 10;

/** Every function of a plugin, in the order of its registration. */
export function functionsOf(plugin: LoadedPlugin<LoaderError>): PluginFunction[] {
  return [
    ...plugin.scalars.map((callee) => ({ kind: "scalar" as const, callee })),
    ...plugin.aggregates.map((callee) => ({ kind: "aggregate" as const, callee })),
    ...plugin.procedures.map((callee) => ({ kind: "procedure" as const, callee })),
  ];
}

/**
 * The function of a qualified name, or of a local one that only one function has. Case matters where
 * two names differ in nothing else.
 *
 * @throws CliError `NOT_FOUND`, with the nearest name.
 */
export function findFunction(plugin: LoadedPlugin<LoaderError>, name: string): PluginFunction {
  const functions = functionsOf(plugin);
  const folded = name.toLowerCase();
  const ways: readonly ((text: { qname: string; local: string }) => boolean)[] = [
    ({ qname, local }) => qname === name || local === name,
    ({ qname, local }) => qname.toLowerCase() === folded || local.toLowerCase() === folded,
  ];
  for (const matches of ways) {
    const found = functions.filter(({ callee }) =>
      matches({ qname: callee.name.toString(), local: callee.name.local }),
    );
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) throw ambiguous(name, found);
  }
  throw notFound(plugin.id, name, functions);
}

function ambiguous(name: string, found: readonly PluginFunction[]): CliError {
  const names = found.map(({ callee }) => callee.name.toString()).join(", ");
  return new CliError("NOT_FOUND", `${name} could be any of ${names}`, {
    hint: "write the whole name, in its case",
  });
}

function notFound(id: string, name: string, functions: readonly PluginFunction[]): CliError {
  const message = `${id} has no function ${name}`;
  if (functions.length === 0) {
    return new CliError("NOT_FOUND", message, { hint: "it has no functions at all" });
  }
  const names = functions.map(({ callee }) => callee.name.local);
  const nearest = closest(name.slice(name.lastIndexOf(".") + 1), names);
  const isNear = distance(name.slice(name.lastIndexOf(".") + 1), nearest) <= nearest.length / 2;
  const listed = names.slice(0, MAX_LISTED).join(", ");
  const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : "";
  return new CliError("NOT_FOUND", message, {
    hint: isNear ? `did you mean ${nearest}?` : `it has ${listed}${more}`,
  });
}
