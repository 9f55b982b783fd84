import { Float64, type RecordBatch, Table, vectorFromArray } from "apache-arrow";

/**
 * Arguments of the function, of the types that it registers; `tableFromArrays` would make a dictionary
 * of texts.
 */
export function sides(a: readonly (number | null)[], b: readonly (number | null)[]): RecordBatch {
  const column = (values: readonly (number | null)[]) => vectorFromArray(values, new Float64());
  const [batch] = new Table({ a: column(a), b: column(b) }).batches;
  if (batch === undefined) throw new Error("expected a row at least, got none");
  return batch;
}
