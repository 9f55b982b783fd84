import { toArrowType, type ValueType } from "@uni/plugin";
import {
  type Data,
  Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import { CliError } from "../errors/cli-error.ts";
import { type PluginFunction, signatureText, typeText } from "../plugin/signature-text.ts";
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
  const types: ValueType[] = [];
  for (const arg of fn.callee.signature.args) {
    if (arg.kind !== "variadic") types.push(arg);
    else while (types.length < count) types.push(arg.inner);
  }
  if (types.length === count) return types;
  const isVariadic = fn.callee.signature.args.at(-1)?.kind === "variadic";
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

/** A batch of nullable columns, of which there may be none. */
export function batchOf(
  names: readonly string[],
  columns: readonly Data[],
  length: number,
): RecordBatch {
  const fields = columns.map(({ type }, i) => new Field(names[i] ?? `column${i}`, type, true));
  const children = [...columns];
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data);
}

/** The one chunk of a vector that was built in one piece. */
export function dataOf({ data }: Vector): Data {
  const [only] = data;
  if (only === undefined) throw new Error("a vector of values has a chunk");
  return only;
}
