import { type RecordBatch, RecordBatchReader, type Schema } from "apache-arrow";
import { checkHeaders } from "./check-headers.ts";
import { readFrames } from "./frames.ts";
import { IpcError } from "./ipc-error.ts";
import { type IpcLimits, resolveLimits, withinLimit } from "./limits.ts";
import { walkFields } from "./walk-fields.ts";

/**
 * The one batch of an Arrow IPC stream, or `undefined` where the stream is a schema without a
 * batch. A batch of zero rows is a batch. The result shares no memory with `bytes`.
 *
 * @throws IpcError `IPC_MALFORMED` where the bytes are not exactly one stream, or it has two or more
 * batches; `IPC_EMPTY_INPUT` for no bytes; `IPC_SECRET_LEAK` where a field at any depth is tagged as
 * a secret; `IPC_UNSUPPORTED` for the file format, compression, and types that apache-arrow
 * cannot represent; `IPC_LIMIT` beyond `limits`.
 */
export function decodeBatch(
  bytes: Uint8Array,
  limits?: Partial<IpcLimits>,
): RecordBatch | undefined {
  const batches = decodeBatches(bytes, limits);
  if (batches.length > 1) {
    throw new IpcError(
      "IPC_MALFORMED",
      `expected at most one record batch in the stream, got ${batches.length}`,
    );
  }
  return batches[0];
}

/**
 * The batches of an Arrow IPC stream, in order; none where the stream is only a schema.
 *
 * @throws IpcError as `decodeBatch`, which differs only in that it refuses a second batch.
 */
export function decodeBatches(bytes: Uint8Array, limits: Partial<IpcLimits> = {}): RecordBatch[] {
  const resolved = resolveLimits(limits);
  if (!(bytes instanceof Uint8Array)) {
    throw new IpcError(
      "IPC_MALFORMED",
      `expected a Uint8Array, got ${Object.prototype.toString.call(bytes)}`,
    );
  }
  if (bytes.byteLength === 0) {
    throw new IpcError("IPC_EMPTY_INPUT", "expected an Arrow IPC stream, got 0 bytes");
  }
  withinLimit(resolved, "maxBytes", bytes.byteLength);
  // A copy first, so that nobody can change the bytes between their check and their use.
  const own = new Uint8Array(bytes);
  const { schema, batchRows } = checkHeaders(readFrames(own), resolved);
  const batches = batchRows.length === 0 ? [] : readBatches(own, schema);
  const came = batches.map((batch) => batch.numRows);
  if (came.length !== batchRows.length || came.some((rows, i) => rows !== batchRows[i])) {
    throw new IpcError(
      "IPC_MALFORMED",
      `expected batches of ${batchRows.join(", ")} rows by their headers, read batches of ${came.join(", ")} rows`,
    );
  }
  return batches;
}

function readBatches(bytes: Uint8Array, schema: Schema): RecordBatch[] {
  try {
    const batches = [...RecordBatchReader.from(bytes)];
    for (const batch of batches) restoreEmptyNames(batch, schema);
    return batches;
  } catch (cause) {
    throw new IpcError("IPC_MALFORMED", "apache-arrow could not read the stream", { cause });
  }
}

// apache-arrow reads an empty field name as null, and writes null into a batch as "null". The fields
// of the batch were made a moment ago and belong to nobody else yet.
function restoreEmptyNames(batch: RecordBatch, schema: Schema): void {
  const named = walkFields(batch.schema);
  for (const { field } of walkFields(schema)) {
    const twin = named.next().value;
    if (field.name === null && twin) Object.assign(twin.field, { name: "" });
  }
}
