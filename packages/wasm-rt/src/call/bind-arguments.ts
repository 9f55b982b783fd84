import { PluginError, toArrowType, type ValueType, type WireType } from "@uni/plugin";
import type { DataType, RecordBatch } from "apache-arrow";
import { sameType } from "../ipc/schema-equality.ts";
import { withColumnNames } from "./column-names.ts";
import type { Callee } from "./crossing.ts";

/**
 * The batch in which arguments cross: column i is named `arg{i}`, nullable, of the declared type.
 * The caller's columns are taken by position, whatever their names.
 *
 * @throws PluginError `ARGUMENTS_INVALID` with both lists of types.
 */
export function bindArguments(callee: Callee, args: RecordBatch): RecordBatch {
  const came = args.schema.fields.map(({ type }) => type);
  const expected = columnTypes(callee.signature.args, came.length);
  const matches =
    expected.length === came.length &&
    expected.every((type, i) => sameType(type, came[i] as DataType));
  if (!matches) {
    throw new PluginError(
      "ARGUMENTS_INVALID",
      `${callee.qname} takes (${declaredText(callee)}), got (${came.join(", ")})`,
    );
  }
  return withColumnNames(args, expected, "arg");
}

/** One type for each column; a variadic argument takes as many as are left. */
function columnTypes(args: readonly WireType[], columns: number): DataType[] {
  const types: ValueType[] = [];
  for (const arg of args) {
    if (arg.kind !== "variadic") types.push(arg);
    else while (types.length < columns) types.push(arg.inner);
  }
  return types.map(toArrowType);
}

function declaredText({ signature }: Callee): string {
  return signature.args
    .map((arg) =>
      arg.kind === "variadic" ? `${toArrowType(arg.inner)} …` : String(toArrowType(arg)),
    )
    .join(", ");
}
