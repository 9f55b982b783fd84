import { argumentTypes, toArrowType, type ValueType } from "@uni/plugin";
import { type Data, type RecordBatch, vectorFromArray } from "apache-arrow";
import { CliError } from "../errors/cli-error.ts";
import { type PluginFunction, signatureText, typeText } from "../plugin/signature-text.ts";
import { batchOf, dataOf } from "./batch.ts";
import { NotAValue, parseValue } from "./parse-value.ts";

/**
 * The types of a call's columns; a variadic argument stands for as many as are left.
 *
 * @throws CliError `ARGUMENTS` where there are too few or too many.
 */
export function columnTypes(
  fn: PluginFunction,
  count: number,
  came: string,
  hint?: string,
): ValueType[] {
  const { args } = fn.callee.signature;
  const types = argumentTypes(args, count);
  if (types.length === count) return types;
  const isVariadic = args.at(-1)?.kind === "variadic";
  const wanted = `${isVariadic ? "at least " : ""}${types.length} argument${types.length === 1 ? "" : "s"}`;
  throw new CliError("ARGUMENTS", `${signatureText(fn)} takes ${wanted}, got ${came}`, { hint });
}

/**
 * One row of arguments that were written on the command line.
 *
 * @throws CliError `ARGUMENTS`.
 */
export function argumentRow(fn: PluginFunction, texts: readonly string[]): RecordBatch {
  const came = texts.length === 0 ? "none" : `${texts.length}: ${texts.join(" ")}`;
  const types = columnTypes(fn, texts.length, came);
  const columns = types.map((type, i): Data => {
    const text = texts[i] ?? "";
    try {
      return dataOf(vectorFromArray([parseValue(text, type)], toArrowType(type)));
    } catch (cause) {
      if (!(cause instanceof NotAValue)) throw cause;
      const message = `argument ${i + 1} of ${signatureText(fn)} is ${typeText(type)}, got ${JSON.stringify(text)}`;
      throw new CliError("ARGUMENTS", message, { hint: `write ${cause.message}, or null`, cause });
    }
  });
  return batchOf(
    types.map((_, i) => `arg${i}`),
    columns,
    1,
  );
}
