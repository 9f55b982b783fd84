import { type Data, type RecordBatch, Vector, vectorFromArray } from "apache-arrow";
import { argumentBatch } from "./argument-batch.ts";

/** So many rows, which are those of `batch` again and again; it has at least one. */
export function repeatRows(batch: RecordBatch, rows: number): RecordBatch {
  const columns = batch.data.children.map((column): Data => {
    const values = new Vector([column]);
    const repeated = Array.from({ length: rows }, (_, row) =>
      plain(values.get(row % values.length)),
    );
    const [data] = vectorFromArray(repeated, column.type).data;
    if (data === undefined) throw new Error(`apache-arrow made no column of ${column.type}`);
    return data;
  });
  return argumentBatch(batch.schema.fields, rows, columns);
}

/** Builders take the items of a list as an array. */
function plain(value: unknown): unknown {
  return value instanceof Vector ? [...value] : value;
}
