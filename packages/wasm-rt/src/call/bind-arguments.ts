import { PluginError, type ScalarEntry, toArrowType, type ValueType } from "@uni/plugin";
import { type DataType, Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";
import { sameType } from "../ipc/schema-equality.ts";

/**
 * The batch in which arguments cross: column i is named `arg{i}`, nullable, of the declared type.
 * The caller's columns are taken by position, whatever their names.
 *
 * @throws PluginError `ARGUMENTS_INVALID` with both lists of types.
 */
export function bindArguments(entry: ScalarEntry, args: RecordBatch): RecordBatch {
  const came = args.schema.fields.map(({ type }) => type);
  const expected = columnTypes(entry.signature.args, came.length);
  const matches =
    expected.length === came.length &&
    expected.every((type, i) => sameType(type, came[i] as DataType));
  if (!matches) {
    throw new PluginError(
      "ARGUMENTS_INVALID",
      `${entry.qname} takes (${declaredText(entry)}), got (${came.join(", ")})`,
    );
  }
  const fields = expected.map((type, i) => new Field(`arg${i}`, type, true));
  const { length } = args.data;
  const type = new Struct(fields);
  const data = makeData({ type, length, nullCount: 0, children: args.data.children });
  return new RecordBatch(new Schema(fields), data);
}

/** One type for each column; a variadic argument takes as many as are left. */
function columnTypes(args: ScalarEntry["signature"]["args"], columns: number): DataType[] {
  const types: ValueType[] = [];
  for (const arg of args) {
    if (arg.kind !== "variadic") types.push(arg);
    else while (types.length < columns) types.push(arg.inner);
  }
  return types.map(toArrowType);
}

function declaredText({ signature }: ScalarEntry): string {
  return signature.args
    .map((arg) =>
      arg.kind === "variadic" ? `${toArrowType(arg.inner)} …` : String(toArrowType(arg)),
    )
    .join(", ");
}
