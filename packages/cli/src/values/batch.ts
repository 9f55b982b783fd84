import { type Data, Field, makeData, RecordBatch, Schema, Struct, type Vector } from "apache-arrow";

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

/** A batch of no rows. */
export function emptyBatch(schema: Schema): RecordBatch {
  // With one argument it would take the schema for columns by their names.
  return new RecordBatch(schema, undefined);
}
