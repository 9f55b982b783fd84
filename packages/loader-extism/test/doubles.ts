import {
  type DataType,
  Field,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  vectorFromArray,
} from "apache-arrow";

/** A batch of the given columns of doubles, or of another type. */
export function columns(
  values: Readonly<Record<string, readonly unknown[]>>,
  type: DataType = new Float64(),
): RecordBatch {
  const schema = new Schema(Object.keys(values).map((name) => new Field(name, type, true)));
  const children = Object.values(values).flatMap(
    (column) => vectorFromArray([...column], type).data,
  );
  const length = children[0]?.length ?? 0;
  const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
  return new RecordBatch(schema, data);
}
