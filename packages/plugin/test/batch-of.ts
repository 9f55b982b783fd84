import { type RecordBatch, tableFromArrays } from "apache-arrow";

/** One batch of these columns, whose types follow from their values. */
export function batchOf(columns: Parameters<typeof tableFromArrays>[0]): RecordBatch {
  const [batch] = tableFromArrays(columns).batches;
  if (batch === undefined) throw new Error("no batch of nothing");
  return batch;
}
