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

/** Values, and their type; doubles without one. */
export type Column = readonly [values: readonly unknown[], type?: DataType];

/** A batch of columns of any types, all of them nullable, under names that the contract has not. */
export function batchOf(...columns: readonly Column[]): RecordBatch {
  const children: Data[] = columns.flatMap(
    ([values, type = new Float64()]) => vectorFromArray([...values], type).data,
  );
  const fields = children.map(({ type }, at) => new Field(`c${at}`, type, true));
  const length = children[0]?.length ?? 0;
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return new RecordBatch(new Schema(fields), data);
}

/** Columns of doubles. */
export function doubles(...columns: readonly (readonly (number | null)[])[]): RecordBatch {
  return batchOf(...columns.map((values): Column => [values]));
}

/** A batch of one double, for calls whose arguments do not matter. */
export const ONE: RecordBatch = doubles([1]);
