import type { RecordBatch } from "apache-arrow";
import { collectStream } from "./encode/collect-stream.ts";
import { writeStream } from "./encode/write-stream.ts";

/**
 * One batch as an Arrow IPC stream: schema, the batch, end-of-stream. Of a slice, its own rows
 * cross and no others; a dictionary crosses whole.
 *
 * @throws IpcError `IPC_SECRET_LEAK` where a column at any depth is tagged as a secret;
 * `IPC_MALFORMED` where the input is not a `RecordBatch` of this process's apache-arrow, or one whose
 * data does not fit its schema; `IPC_UNSUPPORTED` where the format does not have a column's type.
 *
 * @example
 * ```ts
 * const bytes = encodeBatch(tableFromArrays({ x: Float64Array.of(1, 2) }).batches[0]);
 * ```
 */
export function encodeBatch(batch: RecordBatch): Uint8Array {
  return encodeBatches([batch]);
}

/**
 * Batches of one schema as an Arrow IPC stream: schema, the batches, end-of-stream.
 *
 * @throws IpcError as `encodeBatch`; `IPC_EMPTY_INPUT` for no batches, which have no schema;
 * `IPC_MALFORMED` where two batches differ in names, types, nullability, metadata or dictionary ids.
 */
export function encodeBatches(batches: readonly RecordBatch[]): Uint8Array {
  return writeStream(collectStream(batches));
}
