import { concatBytes, decodeBatches, encodeBatch, IpcError } from "@uni/wasm-rt";
import {
  type RecordBatch,
  RecordBatchFileReader,
  RecordBatchReader,
  type Schema,
} from "apache-arrow";
import { emptyBatch } from "../values/batch.ts";

const MAGIC = new TextEncoder().encode("ARROW1");
/** The magic, up to a multiple of 8. */
const STREAM_START = 8;
const LENGTH_BYTES = 4;
const END_OF_STREAM_BYTES = 8;

/** Whether bytes are of the file format of Arrow, and not of the stream format. */
export function isArrowFile(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * The batches of an Arrow file. A file is a stream between magic and a footer (Arrow columnar format,
 * "IPC File Format"), and the footer says where the batches are. That need not be believed: the stream is
 * decoded instead, which checks every byte before it is used.
 *
 * @throws IpcError as for a stream.
 */
export function decodeArrowFile(bytes: Uint8Array<ArrayBuffer>): RecordBatch[] {
  const stream = bytes.subarray(STREAM_START, streamEnd(bytes));
  try {
    return decodeStream(stream);
  } catch (error) {
    if (!(error instanceof IpcError) || error.rule !== "schema-first") throw error;
    // apache-arrow for one writes the schema to the footer alone.
    return decodeStream(concatBytes([schemaBytes(footerSchema(bytes)), stream]));
  }
}

/** Writers may leave out the end of the stream, since the footer says it. */
function decodeStream(bytes: Uint8Array<ArrayBuffer>): RecordBatch[] {
  return decodeBatches(bytes, { owned: true, endOfStream: "optional" });
}

function streamEnd(bytes: Uint8Array<ArrayBuffer>): number {
  const footerEnd = bytes.length - MAGIC.length - LENGTH_BYTES;
  const isWhole = MAGIC.every((byte, i) => bytes[footerEnd + LENGTH_BYTES + i] === byte);
  if (!isWhole || footerEnd < STREAM_START) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = footerEnd - view.getInt32(footerEnd, true);
  if (end < STREAM_START || end > footerEnd) throw damaged();
  return end;
}

/** The schema of the footer, which the batches are then checked against. */
function footerSchema(bytes: Uint8Array): Schema {
  try {
    const reader = RecordBatchReader.from(bytes);
    if (reader instanceof RecordBatchFileReader) return reader.open().schema;
  } catch {
    // What a reader of apache-arrow says of a damaged file helps nobody.
  }
  throw damaged();
}

/** A stream of the schema and no rows, without its end. */
function schemaBytes(schema: Schema): Uint8Array {
  const stream = encodeBatch(emptyBatch(schema));
  return stream.subarray(0, stream.length - END_OF_STREAM_BYTES);
}

function damaged(): IpcError {
  return new IpcError(
    "IPC_MALFORMED",
    "the file has no whole footer, so it was damaged or cut off",
  );
}
