import { type ProcedureEntry, toArrowType } from "@uni/plugin";
import { printable } from "@uni/plugin/errors";
import type { RecordBatch } from "apache-arrow";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { recordBatchOf } from "../ipc/record-batch.ts";
import { sameType } from "../ipc/schema-equality.ts";
import { columnSchema } from "./column-schema.ts";

/**
 * A batch of a procedure's answer, its columns named `yield0`, `yield1`, ….
 *
 * @throws the loader's `OUTPUT_DECODE` where its columns are not of the declared types.
 */
export function readYield<E extends LoaderError>(
  { qname, signature }: ProcedureEntry,
  batch: RecordBatch,
  errors: LoaderErrorClass<E>,
): RecordBatch {
  const declared = signature.yields.map(toArrowType);
  const came = batch.schema.fields.map(({ type }) => type);
  const matches = declared.every((type, i) => {
    const other = came[i];
    return other !== undefined && sameType(type, other);
  });
  if (!matches || came.length !== declared.length) {
    throw new errors(
      "OUTPUT_DECODE",
      printable(
        `${qname} returned columns (${came.join(", ")}); its registration says (${declared.join(", ")})`,
      ),
    );
  }
  return recordBatchOf(columnSchema(declared, "yield"), batch.numRows, batch.data.children);
}
