import { batchOf, type Column } from "@uni/loader-tests";
import type { RecordBatch } from "apache-arrow";

/** Columns of doubles, under names that the contract has not. */
export function doubles(...columns: readonly (readonly (number | null)[])[]): RecordBatch {
  return batchOf(...columns.map((values): Column => [values]));
}

/** A batch of one double, for calls whose arguments do not matter. */
export const ONE: RecordBatch = doubles([1]);
