import { toArrowType, type ValueType } from "@uni/plugin";
import { type Data, Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";

/** The schema of columns of these types, named by their position. */
export function schemaOf(types: readonly ValueType[], prefix: string): Schema {
  return new Schema(types.map((type, i) => new Field(`${prefix}${i}`, toArrowType(type), true)));
}

/** A batch of columns of `rows` values each; there may be none. */
export function batchOf(schema: Schema, rows: number, columns: readonly Data[]): RecordBatch {
  const data = makeData({
    type: new Struct(schema.fields),
    length: rows,
    nullCount: 0,
    children: [...columns],
  });
  return new RecordBatch(schema, data);
}
