import { MessageHeader, type RecordBatch } from "apache-arrow";
import { RECORD_BATCH } from "../flatbuffer/slots.ts";
import { ObjectCount, withinLimit } from "../limits.ts";
import { MessagePosition } from "../message-position.ts";
import { recordBatchOf } from "../record-batch.ts";
import type { ResolvedDecodeOptions } from "./decode-options.ts";
import { Dictionaries } from "./dictionaries.ts";
import { BatchReader } from "./read-batch.ts";
import { metadataOf } from "./read-key-values.ts";
import { kindName, readMessages, type StreamMessage } from "./read-messages.ts";
import { readSchema, type SchemaPlan } from "./read-schema.ts";

/**
 * The batches of a stream, each of which was checked as a whole.
 *
 * @param bytes nobody else writes to them, and they start at a multiple of 8 of their memory.
 */
export function readStream(bytes: Uint8Array, options: ResolvedDecodeOptions): RecordBatch[] {
  const objects = new ObjectCount(options);
  const messages = readMessages(bytes, options, objects);
  const plan = readFirst(messages.next(), options);
  const dictionaries = new Dictionaries(plan, options, bytes.byteLength);
  const reader = new BatchReader(bytes, options, objects);
  const batches: RecordBatch[] = [];
  let rows = 0;
  for (const message of messages) {
    const { kind, header, position } = message;
    if (kind === MessageHeader.Schema) {
      // What a later schema hides is a leak too, and worth the more telling error.
      readSchema(message, options);
      throw position.malformed(
        "one-schema",
        "expected a RecordBatch or a DictionaryBatch, got Schema",
      );
    }
    if (message.version !== plan.schema.metadataVersion) {
      throw position.malformed(
        "one-version",
        "expected the metadata version of the schema, got another one",
      );
    }
    switch (kind) {
      case MessageHeader.DictionaryBatch:
        dictionaries.add(message, reader);
        break;
      case MessageHeader.RecordBatch: {
        const batchRows = header.count(RECORD_BATCH.length);
        rows += batchRows;
        withinLimit(options, "maxRows", rows);
        const { columns } = reader.read(message, header, plan.columns, dictionaries);
        const metadata = metadataOf(message.customMetadata);
        batches.push(recordBatchOf(plan.schema, batchRows, columns, metadata));
        break;
      }
      default:
        throw position.malformed(
          "message-kind",
          `expected a RecordBatch or a DictionaryBatch, got ${kindName(kind)}`,
        );
    }
  }
  return batches;
}

function readFirst(
  first: IteratorResult<StreamMessage, void>,
  options: ResolvedDecodeOptions,
): SchemaPlan {
  if (!first.done && first.value.kind === MessageHeader.Schema) {
    return readSchema(first.value, options);
  }
  throw new MessagePosition(0).malformed(
    "schema-first",
    `expected a Schema as the first message, got ${first.done ? "the end of the stream" : kindName(first.value.kind)}`,
  );
}
