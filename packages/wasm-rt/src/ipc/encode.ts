import { RecordBatch, RecordBatchStreamWriter } from "apache-arrow";
import { IpcError } from "./ipc-error.ts";
import { refuseSecrets } from "./membrane.ts";
import { sameSchema } from "./schema-equality.ts";
import { withSliceableColumns } from "./sliceable-columns.ts";

/**
 * One batch as an Arrow IPC stream: schema, the batch, end-of-stream.
 *
 * @throws IpcError `IPC_SECRET_LEAK` where a column at any depth is tagged as a secret;
 * `IPC_MALFORMED` where the input is not a `RecordBatch` of this process's apache-arrow.
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
  if (batches.length === 0) {
    throw new IpcError("IPC_EMPTY_INPUT", "expected at least one batch to encode, got none");
  }
  for (const [index, batch] of batches.entries()) {
    // An object of another copy of apache-arrow passes for one of ours there, and gives bytes
    // that nothing can read.
    if (!ownsPrototype(batch)) {
      throw new IpcError(
        "IPC_MALFORMED",
        `expected batch ${index} to be a RecordBatch of the same copy of apache-arrow that @uni/wasm-rt imports, got ${describe(batch)}; check for two installed versions, or for require() beside import`,
      );
    }
    refuseSecrets(batch.schema, "to the guest");
    const first = batches[0]?.schema ?? batch.schema;
    if (!sameSchema(first, batch.schema)) {
      throw new IpcError(
        "IPC_MALFORMED",
        `batch ${index} has another schema than batch 0: expected ${first}, got ${batch.schema} (names, types, nullability, metadata and dictionary ids must agree)`,
      );
    }
  }
  return new StreamBytes().writeStream(batches.map(withSliceableColumns));
}

/**
 * Collects what the writer writes. apache-arrow's own sink joins chunks that overlap in memory, as
 * those of two columns that share a buffer do, into one: the stream is then too short.
 */
class StreamBytes extends RecordBatchStreamWriter {
  readonly #chunks: Uint8Array[] = [];

  writeStream(batches: readonly RecordBatch[]): Uint8Array {
    for (const batch of batches) this.write(batch);
    this.finish();
    const stream = new Uint8Array(this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      stream.set(chunk, at);
      at += chunk.byteLength;
    }
    return stream;
  }

  protected override _write(chunk: ArrayBufferView): this {
    this.#chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    return this;
  }
}

// apache-arrow's own `instanceof` is true for another copy's objects as well.
function ownsPrototype(batch: unknown): boolean {
  return Function.prototype[Symbol.hasInstance].call(RecordBatch, batch);
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return `an instance of ${value.constructor?.name ?? "nothing"}`;
}
