import type { RecordBatch } from "apache-arrow";

export interface ResultColumn {
  readonly name: string;
  /** Whether its values are numbers, which people read from the right. */
  readonly isNumber: boolean;
}

/** Rows that are computed while they are read, once, in whichever way an output needs them. */
export interface Result {
  readonly columns: readonly ResultColumn[];
  /** Each value as people read it; a null is null. */
  texts(): AsyncIterable<readonly (string | null)[][]>;
  /** Each value as JSON. */
  jsons(): AsyncIterable<readonly string[][]>;
  /** At least one batch, which may have no rows. */
  batches(): AsyncIterable<RecordBatch>;
  /** Writes all of it to a new file. */
  parquet(path: string): Promise<void>;
}
