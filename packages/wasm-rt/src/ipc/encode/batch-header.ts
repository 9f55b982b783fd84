import { Message } from "apache-arrow";
import {
  BufferRegion,
  DictionaryBatch,
  FieldNode,
  RecordBatch,
} from "apache-arrow/ipc/metadata/message";
import { FlatBuffer } from "../flatbuffer/flat-buffer.ts";
import { DICTIONARY_BATCH, MESSAGE, RECORD_BATCH } from "../flatbuffer/slots.ts";
import { PREFIX_BYTES, padded } from "../framing.ts";
import { DEFAULT_IPC_LIMITS, ObjectCount } from "../limits.ts";
import { MessagePosition } from "../message-position.ts";
import type { Body } from "./body.ts";
import { frameMessage } from "./frame-message.ts";

/** Which dictionary a batch is of, and whether it adds to it. */
export interface DictionaryPart {
  readonly id: number;
  readonly isDelta: boolean;
}

/**
 * The message of a record batch or of a dictionary batch without its numbers, which are at the same
 * places in every batch of a schema.
 */
export class BatchHeader {
  /** How many buffers it is for. */
  readonly buffers: number;
  readonly bytes: Uint8Array;
  readonly #rowsAt: number;
  readonly #bodyBytesAt: number;
  readonly #nodesAt: number;
  readonly #buffersAt: number;
  readonly #variadicCountsAt: number;

  /**
   * @param body one that the header will fit, and all that are like it in number.
   * @param metadata the batch's own.
   */
  constructor(
    { nodes, buffers, variadicCounts }: Body,
    dictionary?: DictionaryPart,
    metadata?: Map<string, string>,
  ) {
    this.buffers = buffers.length;
    // A field of its default value, 0, would be left out.
    const some = 1;
    const batch = new RecordBatch(
      some,
      Array.from({ length: nodes.length / 2 }, () => new FieldNode(0, 0)),
      buffers.map(() => new BufferRegion(0, 0)),
      null,
      variadicCounts.map(() => 0),
      metadata,
    );
    const header = dictionary && new DictionaryBatch(batch, dictionary.id, dictionary.isDelta);
    this.bytes = frameMessage(Message.encode(Message.from(header ?? batch, some)));
    const view = new DataView(this.bytes.buffer);
    const end = this.bytes.byteLength;
    const at = new MessagePosition(0);
    const objects = new ObjectCount(DEFAULT_IPC_LIMITS);
    const message = new FlatBuffer(this.bytes, view, PREFIX_BYTES, end, at, objects).root();
    const outer = message.table(MESSAGE.header);
    const table = dictionary ? outer?.table(DICTIONARY_BATCH.data) : outer;
    const found = (position: number | undefined) => {
      if (position) return position;
      throw new Error("apache-arrow wrote a message whose parts are not where they should be");
    };
    this.#bodyBytesAt = found(message.at(MESSAGE.bodyLength, 8));
    this.#rowsAt = found(table?.at(RECORD_BATCH.length, 8));
    this.#nodesAt = found(table?.vector(RECORD_BATCH.nodes, 16, 8)?.at);
    this.#buffersAt = found(table?.vector(RECORD_BATCH.buffers, 16, 8)?.at);
    this.#variadicCountsAt =
      variadicCounts.length === 0
        ? 0
        : found(table?.vector(RECORD_BATCH.variadicBufferCounts, 8)?.at);
  }

  /** Writes the numbers of a batch over a copy of `bytes` that starts at `start`. */
  fill(view: DataView, start: number, { rows, bytes, nodes, buffers, variadicCounts }: Body): void {
    setCount(view, start + this.#rowsAt, rows);
    setCount(view, start + this.#bodyBytesAt, bytes);
    setCounts(view, start + this.#nodesAt, nodes);
    setCounts(view, start + this.#variadicCountsAt, variadicCounts);
    let at = start + this.#buffersAt;
    let offset = 0;
    for (const { byteLength } of buffers) {
      setCount(view, at, offset);
      setCount(view, at + 8, byteLength);
      at += 16;
      offset += padded(byteLength);
    }
  }
}

function setCounts(view: DataView, at: number, counts: readonly number[]): void {
  for (let i = 0; i < counts.length; i++) setCount(view, at + i * 8, counts[i] as number);
}

/**
 * Writes a count over a 64-bit integer of which the upper half is 0: two halves are several times
 * faster than a BigInt.
 */
function setCount(view: DataView, at: number, count: number): void {
  view.setUint32(at, count, true);
  if (count >= 2 ** 32) view.setUint32(at + 4, count / 2 ** 32, true);
}
