import { MessageHeader, type Schema } from "apache-arrow";
import { type Frame, malformed, readHeader } from "./frames.ts";
import { IpcError } from "./ipc-error.ts";
import { type IpcLimits, withinLimit } from "./limits.ts";
import { refuseSecrets } from "./membrane.ts";
import { walkFields } from "./walk-fields.ts";

// What apache-arrow reads of a RecordBatch message; it exports the class under another name only.
interface BatchHeader {
  readonly length: number;
  readonly nodes: readonly { readonly length: number; readonly nullCount: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  readonly compression: unknown;
}

interface DictionaryHeader {
  readonly data: BatchHeader;
}

/** What a stream holds, by its headers. */
export interface StreamSummary {
  readonly schema: Schema;
  readonly batchRows: readonly number[];
}

/**
 * Checks every header of a stream before any batch exists: one schema and first, no secret column,
 * sizes within the limits, buffers within their body, no compression.
 */
export function checkHeaders(frames: readonly Frame[], limits: IpcLimits): StreamSummary {
  const [schemaFrame, ...others] = frames;
  if (schemaFrame?.message.headerType !== MessageHeader.Schema) {
    throw malformed(0, "expected a Schema as the first message");
  }
  const schema = readSchema(schemaFrame);
  checkSchema(schema, limits);
  const batchRows: number[] = [];
  let rows = 0;
  let dictionaryEntries = 0;
  for (const frame of others) {
    switch (frame.message.headerType) {
      case MessageHeader.RecordBatch: {
        const header = readHeader<BatchHeader>(frame);
        checkBatch(frame, header);
        batchRows.push(header.length);
        rows += header.length;
        withinLimit(limits, "maxRows", rows);
        break;
      }
      case MessageHeader.DictionaryBatch: {
        const { data } = readHeader<DictionaryHeader>(frame);
        checkBatch(frame, data);
        dictionaryEntries += data.length;
        withinLimit(limits, "maxDictionaryEntries", dictionaryEntries);
        break;
      }
      default:
        throw malformed(
          frame.index,
          `expected a RecordBatch or a DictionaryBatch, got ${MessageHeader[frame.message.headerType] ?? frame.message.headerType}`,
        );
    }
  }
  return { schema, batchRows };
}

function readSchema(frame: Frame): Schema {
  try {
    return readHeader<Schema>(frame);
  } catch (error) {
    const cause = error instanceof IpcError ? error.cause : error;
    if (cause instanceof Error && cause.message.startsWith("Unrecognized type")) {
      throw new IpcError(
        "IPC_UNSUPPORTED",
        `the schema has a type that apache-arrow cannot represent: ${cause.message}`,
        { cause },
      );
    }
    throw error;
  }
}

function checkSchema(schema: Schema, limits: IpcLimits): void {
  withinLimit(limits, "maxColumns", schema.fields.length);
  let fields = 0;
  for (const { path, depth } of walkFields(schema)) {
    withinLimit(limits, "maxDepth", depth, path);
    withinLimit(limits, "maxFields", ++fields);
  }
  refuseSecrets(schema, "from the guest");
}

function checkBatch(frame: Frame, header: BatchHeader): void {
  if (header.compression) {
    throw new IpcError(
      "IPC_UNSUPPORTED",
      `message ${frame.index} of the Arrow IPC stream: its body is compressed; write it uncompressed`,
    );
  }
  if (!isCount(header.length)) {
    throw malformed(frame.index, `expected a row count, got ${header.length}`);
  }
  for (const [i, { offset, length }] of header.buffers.entries()) {
    if (isCount(offset) && isCount(length) && offset + length <= frame.bodyBytes) continue;
    throw malformed(
      frame.index,
      `buffer ${i} (offset ${offset}, length ${length}) is not inside the body of ${frame.bodyBytes} bytes`,
    );
  }
  for (const [i, { length, nullCount }] of header.nodes.entries()) {
    if (isCount(length) && isCount(nullCount) && nullCount <= length) continue;
    throw malformed(frame.index, `node ${i} has ${nullCount} nulls of ${length} values`);
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
