import type { RecordBatch } from "apache-arrow";
import { type IpcDecodeOptions, resolveDecodeOptions } from "./decode/decode-options.ts";
import { readStream } from "./decode/read-stream.ts";
import { IpcError } from "./ipc-error.ts";
import { withinLimit } from "./limits.ts";

/**
 * The one batch of an Arrow IPC stream, or `undefined` where the stream is a schema without a
 * batch. A batch of zero rows is a batch.
 *
 * Every byte is checked before the batch exists, so that reading any row of it is safe and gives
 * what the bytes say. The result shares no memory with `bytes` unless `options.owned`.
 *
 * @throws IpcError whose `rule` names what was wrong: `IPC_MALFORMED` where the bytes are not exactly
 * one valid stream, or it has two or more batches; `IPC_EMPTY_INPUT` for no bytes; `IPC_SECRET_LEAK`
 * where a field at any depth is tagged as a secret; `IPC_UNSUPPORTED` for the file format,
 * compression, big-endian data, and what apache-arrow cannot represent; `IPC_LIMIT` beyond a limit.
 *
 * @example
 * ```ts
 * const batch = decodeBatch(answer, { maxRows: 1_000_000, owned: true });
 * ```
 */
export function decodeBatch(
  bytes: Uint8Array,
  options?: IpcDecodeOptions,
): RecordBatch | undefined {
  const batches = decodeBatches(bytes, options);
  if (batches.length > 1) {
    throw new IpcError(
      "IPC_MALFORMED",
      `expected at most one record batch in the stream, got ${batches.length}`,
      { rule: "one-batch" },
    );
  }
  return batches[0];
}

/**
 * The batches of an Arrow IPC stream, in order; none where the stream is only a schema.
 *
 * @throws IpcError as `decodeBatch`, which differs only in that it refuses a second batch.
 */
export function decodeBatches(bytes: Uint8Array, options?: IpcDecodeOptions): RecordBatch[] {
  const resolved = resolveDecodeOptions(options);
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
  return readStream(resolved.owned ? ownedBytes(bytes) : new Uint8Array(bytes), resolved);
}

/**
 * The bytes themselves, where nobody can change them between their check and their use, and where
 * they are aligned as typed arrays want it; a copy of them otherwise.
 */
function ownedBytes(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = bytes;
  const fixed = buffer instanceof ArrayBuffer && !(buffer as Resizable).resizable;
  if (!fixed || byteOffset % 8 !== 0) return new Uint8Array(bytes);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

// ECMAScript 2024, which Node.js 20 has and TypeScript's library for it does not.
type Resizable = ArrayBuffer & { readonly resizable?: boolean };
