import type { ValueType } from "@uni/plugin";
import { closest } from "fastest-levenshtein";
import { CliError } from "../errors/cli-error.ts";
import { type PluginFunction, signatureText } from "../plugin/signature-text.ts";
import { columnTypes } from "../values/argument-batch.ts";

/** A column of a file. */
export interface FileColumn {
  readonly name: string;
  /** Its type, as the file's format calls it. */
  readonly type: string;
}

/** A column that is an argument. */
export interface ArgumentColumn extends FileColumn {
  /** Its place in the file. */
  readonly index: number;
  /** What it has to become. */
  readonly wanted: ValueType;
}

/**
 * Which columns are the arguments: those that were named, or all of them, by position.
 *
 * @throws CliError `ARGUMENTS` where there are too few or too many, or a name is none.
 */
export function chooseColumns(
  fn: PluginFunction,
  file: string,
  columns: readonly FileColumn[],
  names: readonly string[] | undefined,
): ArgumentColumn[] {
  const all = columns.map((column, index) => ({ ...column, index }));
  const chosen = names === undefined ? all : names.map((name) => named(all, name, file));
  const came = `${chosen.length}: ${columnsText(chosen)} of ${file}`;
  const hint =
    names === undefined ? "name the columns that are the arguments: --columns a,b" : undefined;
  const types = columnTypes(fn, chosen.length, came, hint);
  return chosen.flatMap((column, i) => {
    const wanted = types[i];
    return wanted === undefined ? [] : [{ ...column, wanted }];
  });
}

/** @throws CliError `ARGUMENTS` with what is taken and what came. */
export function refuseTypes(
  fn: PluginFunction,
  file: string,
  columns: readonly FileColumn[],
  hint?: string,
): never {
  const message = `${signatureText(fn)} does not take ${columnsText(columns)} of ${file}`;
  throw new CliError("ARGUMENTS", message, { hint });
}

/** Columns of a file, with the types that came. */
export function columnsText(columns: readonly FileColumn[]): string {
  return `(${columns.map(({ name, type }) => `${name} ${type}`).join(", ")})`;
}

function named<C extends FileColumn>(columns: readonly C[], name: string, file: string): C {
  const found =
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name);
  throw new CliError("ARGUMENTS", `${file} has no column ${name}`, {
    hint: names.length === 0 ? "it has no columns" : `did you mean ${closest(name, names)}?`,
  });
}
