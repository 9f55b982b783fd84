import { type AggregateEntry, type ScalarEntry, toArrowType } from "@uni/plugin";
import { printable } from "@uni/plugin/errors";
import type { Data, RecordBatch } from "apache-arrow";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { sameType } from "../ipc/schema-equality.ts";

/**
 * The one column of a scalar function's or an aggregate's answer.
 *
 * @throws the loader's `OUTPUT_DECODE` where it is not one column of the declared type with one
 * value for each of `rows` rows.
 */
export function readResult<E extends LoaderError>(
  entry: ScalarEntry | AggregateEntry,
  rows: number,
  answer: RecordBatch | undefined,
  errors: LoaderErrorClass<E>,
): Data {
  const refuse = (what: string) =>
    new errors("OUTPUT_DECODE", printable(`${entry.qname} returned ${what}`));
  if (answer === undefined) throw refuse("a schema without a batch; one batch was expected");
  const { fields } = answer.schema;
  const [field] = fields;
  const column = answer.data.children[0];
  if (field === undefined || column === undefined || fields.length !== 1) {
    throw refuse(`${fields.length} columns; one column was expected`);
  }
  const declared = toArrowType(entry.signature.returns);
  if (!sameType(declared, field.type)) {
    throw refuse(`a column of type ${field.type}; its signature says ${declared}`);
  }
  if (answer.numRows !== rows || column.length !== rows) {
    throw refuse(
      entry.kind === "scalar"
        ? `${answer.numRows} rows for ${rows}; a scalar function returns one row per input row`
        : `${answer.numRows} rows; an aggregate evaluates to one row`,
    );
  }
  return column;
}
