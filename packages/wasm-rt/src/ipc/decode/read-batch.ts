import { type Data, Dictionary, type Vector } from "apache-arrow";
import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { type IpcLimits, type ObjectCount, withinLimit } from "../limits.ts";
import type { MessagePosition } from "../message-position.ts";
import { BatchCursor } from "./batch-cursor.ts";
import { refuseNulls } from "./check-children.ts";
import type { Column, Columns } from "./column.ts";
import type { ColumnBuffers } from "./column-buffers.ts";
import type { Dictionaries } from "./dictionaries.ts";
import { dataOf, makeData } from "./make-data.ts";
import { BufferReader } from "./read-buffers.ts";
import type { StreamMessage } from "./read-messages.ts";

/** Columns of equal length. */
export interface Batch {
  readonly rows: number;
  readonly columns: Data[];
}

/** Reads the batches of one stream, those of dictionaries too. */
export class BatchReader {
  readonly #bytes: Uint8Array;
  readonly #limits: IpcLimits;
  readonly #objects: ObjectCount;
  readonly #freeValues = new Map<Column, number>();

  /** @param objects counts the columns that are read. */
  constructor(bytes: Uint8Array, limits: IpcLimits, objects: ObjectCount) {
    this.#objects = objects;
    this.#bytes = bytes;
    this.#limits = limits;
  }

  /** @param header the RecordBatch of the message. */
  read(
    message: StreamMessage,
    header: FlatTable,
    columns: Columns,
    dictionaries: Dictionaries,
  ): Batch {
    const { position } = message;
    this.#objects.add(columns.all.length);
    const cursor = new BatchCursor(message, header, columns);
    const reader = new BufferReader(this.#bytes, cursor, message.version, this.#objects);
    const buffers: ColumnBuffers[] = [];
    for (const column of columns.all) {
      const read = reader.read(column);
      if (isFree(column)) this.#countFree(column, read.length);
      buffers.push(read);
    }
    cursor.finish();
    // The buffers of a column are at its index.
    const buffersOf = ({ index }: Column) => buffers[index] as ColumnBuffers;
    // Parents come before their children, and need them.
    for (let i = buffers.length - 1; i >= 0; i--) {
      const own = buffers[i] as ColumnBuffers;
      own.children = own.column.children.map(buffersOf);
      own.data = makeData(own, dictionaryOf(own.column, position, dictionaries), position);
    }
    const { rows } = cursor;
    const made = columns.top.map((column) => {
      const own = buffersOf(column);
      if (own.length !== rows) {
        throw position.malformed(
          "column-length",
          `expected ${rows} values, one for each row of the batch, got ${own.length}`,
          column.field.path,
        );
      }
      refuseNulls(own, position);
      return dataOf(own);
    });
    return { rows, columns: made };
  }

  // Summed over the batches of a stream, each of which may claim them anew.
  #countFree(column: Column, length: number): void {
    const values = (this.#freeValues.get(column) ?? 0) + length;
    this.#freeValues.set(column, values);
    withinLimit(this.#limits, "maxRows", values, column.field.path);
  }
}

/** Whether a column can have any number of values without a byte for them. */
function isFree({ layout, children }: Column): boolean {
  switch (layout.kind) {
    case "null":
      return true;
    case "struct":
      return children.length === 0;
    case "fixed":
      return layout.perValue === 0;
    case "fixed-list":
      return layout.size === 0;
    default:
      return false;
  }
}

function dictionaryOf(
  { type, field }: Column,
  position: MessagePosition,
  dictionaries: Dictionaries,
): Vector | undefined {
  if (!(type instanceof Dictionary)) return undefined;
  const dictionary = dictionaries.get(type.id);
  if (dictionary !== undefined) return dictionary;
  throw position.malformed(
    "dictionary-present",
    `expected dictionary ${type.id} before the first batch that uses it`,
    field.path,
  );
}
