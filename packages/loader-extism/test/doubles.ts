import { batchOf } from "@uni/loader-tests";
import { type DataType, Float64, type RecordBatch } from "apache-arrow";

/** A batch of the given columns of doubles, or of another type. */
export function columns(
  values: Readonly<Record<string, readonly unknown[]>>,
  type: DataType = new Float64(),
): RecordBatch {
  return batchOf(...Object.entries(values).map(([name, column]) => [column, type, name] as const));
}
