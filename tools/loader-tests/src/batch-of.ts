import {
  type Data,
  type DataType,
  Field,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  vectorFromArray,
} from "apache-arrow";

/** Values, their type (doubles without one), and a name; without one a name that no argument has. */
export type Column = readonly [
  values: readonly unknown[],
  type?: DataType | undefined,
  name?: string,
];

/** A batch of columns of any types, all of them nullable. */
export function batchOf(...columns: readonly Column[]): RecordBatch {
  const children: Data[] = columns.flatMap(
    ([values, type = new Float64()]) => vectorFromArray([...values], type).data,
  );
  const fields = columns.map(
    ([, type = new Float64(), name], at) => new Field(name ?? `c${at}`, type, true),
  );
  const length = children[0]?.length ?? 0;
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data);
}
