import { CompressionType } from "apache-arrow";
import { countAt, type FlatTable, type FlatVector } from "../flatbuffer/flat-table.ts";
import {
  BODY_COMPRESSION,
  BUFFER_BYTES,
  FIELD_NODE_BYTES,
  RECORD_BATCH,
} from "../flatbuffer/slots.ts";
import { ALIGNMENT_BYTES } from "../framing.ts";
import type { MessagePosition } from "../message-position.ts";
import type { IpcRule } from "../rules.ts";
import type { Column, Columns } from "./column.ts";
import type { StreamMessage } from "./read-messages.ts";

/** A range of the stream's bytes. */
export interface Region {
  readonly at: number;
  readonly bytes: number;
}

/**
 * Hands out the nodes and buffers of one batch in their order, each once. Buffers may not overlap:
 * otherwise a few bytes could stand for any number of columns, each of them to be checked.
 */
export class BatchCursor {
  readonly position: MessagePosition;
  /** Of the batch, or values of the dictionary. */
  readonly rows: number;
  readonly #message: StreamMessage;
  readonly #nodes: FlatVector;
  readonly #buffers: FlatVector;
  readonly #variadicCounts: FlatVector | undefined;
  #nextBuffer = 0;
  #nextVariadicCount = 0;
  #bufferEnd = 0;

  /** @param header a RecordBatch. */
  constructor(message: StreamMessage, header: FlatTable, { all }: Columns) {
    const { position } = message;
    this.#message = message;
    this.position = position;
    refuseCompression(header, position);
    this.rows = header.count(RECORD_BATCH.length);
    this.#nodes = header.requiredVector(
      RECORD_BATCH.nodes,
      FIELD_NODE_BYTES,
      8,
      "nodes of a batch",
    );
    this.#buffers = header.requiredVector(
      RECORD_BATCH.buffers,
      BUFFER_BYTES,
      8,
      "buffers of a batch",
    );
    this.#variadicCounts = header.vector(RECORD_BATCH.variadicBufferCounts, 8);
    if (this.#nodes.length !== all.length) {
      throw position.malformed(
        "node-count",
        `expected ${all.length} nodes, one for each field, got ${this.#nodes.length}`,
      );
    }
  }

  /** How many values a column has. */
  length({ index }: Column): number {
    return countAt(this.#message.metadata, this.#nodes.at + index * FIELD_NODE_BYTES);
  }

  /** How many of a column's values are null. */
  nullCount({ index, layout, field }: Column, length: number): number {
    const at = this.#nodes.at + index * FIELD_NODE_BYTES + 8;
    const nullCount = countAt(this.#message.metadata, at);
    // A column of the type Null has only nulls, and a union has none of its own.
    const least = layout.kind === "null" ? length : 0;
    const most = layout.kind === "union" ? 0 : length;
    if (nullCount >= least && nullCount <= most) return nullCount;
    throw this.position.malformed(
      "null-count",
      `expected ${least} to ${most} nulls of ${length} values, got ${nullCount}`,
      field.path,
    );
  }

  /** The next buffer, which a column needs as its `what`. */
  buffer(column: Column, what: string): Region {
    const { position } = this;
    const index = this.#nextBuffer++;
    if (index >= this.#buffers.length) {
      throw position.malformed(
        "buffer-count",
        `expected a buffer with its ${what}, got ${this.#buffers.length} buffers for the whole batch`,
        column.field.path,
      );
    }
    const at = this.#buffers.at + index * BUFFER_BYTES;
    const offset = countAt(this.#message.metadata, at);
    const bytes = countAt(this.#message.metadata, at + 8);
    const { bodyStart, bodyBytes } = this.#message;
    const refuse = (rule: IpcRule, problem: string) =>
      position.malformed(
        rule,
        `buffer ${index} (${what}; offset ${offset}, length ${bytes}) ${problem}`,
        column.field.path,
      );
    if (offset + bytes > bodyBytes) {
      throw refuse("buffer-bounds", `is not inside the body of ${bodyBytes} bytes`);
    }
    if (bytes > 0) {
      if (offset % ALIGNMENT_BYTES !== 0) {
        throw refuse("buffer-alignment", "does not start at a multiple of 8");
      }
      if (offset < this.#bufferEnd) {
        throw refuse(
          "buffer-order",
          `starts before the end of an earlier buffer at ${this.#bufferEnd}`,
        );
      }
      this.#bufferEnd = offset + bytes;
    }
    return { at: bodyStart + offset, bytes };
  }

  /** How many data buffers the next view column has. */
  variadicCount(column: Column): number {
    const index = this.#nextVariadicCount++;
    const vector = this.#variadicCounts;
    if (vector === undefined || index >= vector.length) {
      throw this.position.malformed(
        "variadic-count",
        `expected a count of its data buffers, got ${vector?.length ?? 0} counts for the whole batch`,
        column.field.path,
      );
    }
    return countAt(this.#message.metadata, vector.at + index * 8);
  }

  /** Checks that nothing of the batch is left over. */
  finish(): void {
    const { length } = this.#buffers;
    if (length !== this.#nextBuffer) {
      throw this.position.malformed(
        "buffer-count",
        `expected ${this.#nextBuffer} buffers, got ${length}`,
      );
    }
    const counts = this.#variadicCounts?.length ?? 0;
    if (counts !== this.#nextVariadicCount) {
      throw this.position.malformed(
        "variadic-count",
        `expected ${this.#nextVariadicCount} counts of data buffers, got ${counts}`,
      );
    }
  }
}

function refuseCompression(header: FlatTable, position: MessagePosition): void {
  const compression = header.table(RECORD_BATCH.compression);
  if (compression === undefined) return;
  compression.uint8(BODY_COMPRESSION.method);
  const codec = compression.uint8(BODY_COMPRESSION.codec);
  throw position.unsupported(
    "compression",
    `its body is compressed (${CompressionType[codec] ?? `codec ${codec}`}); write it uncompressed`,
  );
}
